/**
 * Text normalised for search.
 */

/** Letters without their marks, small, with nothing between them: "Sonbong" finds "Sŏnbong". @param {string} written */
export const plain = (written) => written.normalize('NFKD').replace(/[\u0300-\u036f'’ʼ\-–\s]/g, '').toLowerCase();
