/**
 * Packed bytes of the page: pieces of base64, zlib streams, numbers of seven bits a byte; `bulk/varint.py` is the other half.
 */
import * as pieces from './pieces.js';

export const supported = typeof DecompressionStream === 'function';

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = window.atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

/**
 * Open a zlib stream whose length is known.
 * @param {string[]} ids     of its pieces; they leave the page, for they are not read again
 * @param {number} length  bytes in it
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function inflate(ids, length) {
  const { readable, writable } = new DecompressionStream('deflate');
  const writer = writable.getWriter();
  const feed = (async () => {
    for (const id of ids) {
      const bytes = fromBase64(await pieces.text(id, true));
      await writer.write(bytes);
    }
    await writer.close();
  })();
  feed.catch((error) => writer.abort(error)); // otherwise the reader would wait forever
  const bytes = new Uint8Array(length);
  const reader = readable.getReader();
  let at = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes.set(part.value, at);
    at += part.value.length;
  }
  await feed;
  if (at !== length) throw new Error(`expected ${length} bytes, got ${at}`);
  return bytes;
}

/** Open a zlib stream of JSON. @param {string} text  base64 */
export const json = async (text) => JSON.parse(await new Response(new Blob([fromBase64(text)]).stream()
  .pipeThrough(new DecompressionStream('deflate'))).text());

/**
 * Bytes as numbers of a kind; the pages are read on machines that put the lowest byte first.
 * @param {'u8'|'i32'} kind
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export const numbers = (kind, bytes) => (kind === 'u8' ? bytes : new Int32Array(bytes.buffer, 0, bytes.length / 4));
