/**
 * What the JSON blocks of a page hold, as `maps/page/blocks.py`, `planner.py` and `features/bulk` write them, and what the modules
 * hand to each other. Ambient: JSDoc says `{Tumen.Item}`.
 */
declare namespace Tumen {
  type Lang = 'en' | 'ko' | 'ru' | 'zh';
  /** Text in the languages of the page. */
  type Words = Record<string, string>;
  /** Longitude and latitude in degrees. */
  type Position = [number, number];
  /** West, south, east, north in degrees. */
  type Extent = [number, number, number, number];
  /** Positions, in lists of any depth. */
  type Positions = Position | Positions[];
  /** Packed lines, in lists of any depth. */
  type Packed = string | Packed[];
  type GeometryKind = 'point' | 'line' | 'area';
  /** Properties of a feature: anything may stand in a file. */
  type Properties = Record<string, any>;

  interface HistoryEntry { date: string; status: string; set?: Properties; sources?: string[]; note?: string }
  /** A packed one knows its extent too, and its lines on the square of Web Mercator. */
  interface Geometry { type: string; coordinates: any; extent?: Extent; tracks?: Float64Array[] }
  interface PackedGeometry { type: string; packed: Packed }
  interface Feature { id: string; symbol?: number; geometry: Geometry; properties: Properties }

  // ---- the blocks of a page

  interface Stroke { colour: string; width: number; dash: number[]; cap: 'butt' | 'round' | 'square'; opacity: number }
  interface Style { name: string; strokes: Stroke[]; fill: string; fill_opacity: number; shape: string; size: number; arrow: number }
  interface Condition {
    property: string; any: unknown[]; all: unknown[]; none?: unknown[]; least?: number; most?: number; above?: number; below?: number;
  }
  interface Rule { style: string; geometries: GeometryKind[]; label: Words; minZoom: number; when: Condition[] }
  interface Labels { property: string; lettering: string; min_zoom: number; priority: number; rank_by: string }
  interface RecordOfData { name: string; title: string; licence: string; attribution: string }
  interface Citation { id: string; title: string; publisher?: string; date?: string; url?: string; kind?: string; note?: string }

  /** A column of a user's file as it is told. */
  interface Field { column: string; label: Words; format: string; digits: number; unit: string; alt: string }
  /** A picture that an element of the page holds in base64. */
  interface Picture { id: string; type: string; width: number; height: number }
  /** How the features of a user's own layer are told, and rows of the legend that no rule makes. */
  interface Own { fields: Field[]; tooltip: Field[]; keys: { style: string; label: Words; geometry: GeometryKind }[]; pictures: Record<string, Picture> }

  interface LayerBase {
    id: string; group: string; title: Words; dated: boolean; visible: boolean; stacked: boolean; minZoom: number;
    filter: Condition[]; symbols: Rule[]; labels: Labels | null; record: RecordOfData; bulk?: Bulk; own?: Own;
  }
  interface PackedLayer extends LayerBase {
    columns: Record<string, { rows: number[]; values: unknown[] }>;
    features: { id: string; symbol?: number; geometry: Geometry | PackedGeometry }[];
  }
  interface Layer extends LayerBase { features: Feature[] }

  /** Where lines run along the rings of the areas, `bare` has the number of each ring with edges that bear none, and theirs. */
  interface PackedBase { areas: Packed[]; seas: Packed[]; lines: Packed[]; bare?: number[][] }
  /** A line or ring on the square of Web Mercator, 0–1: x, y, x, y …; west and north are the lesser values. */
  interface Track { values: Float64Array; box: { west: number; north: number; east: number; south: number } }
  interface Base { areas: Track[]; seas: Track[]; lines: Track[] }
  /** A number, or its values at zoom levels in their order, between which it changes evenly. */
  type AtZoom = number | [zoom: number, value: number][];
  /** How a line of the base map is stroked: colour token, width and dashes in pixels. */
  interface BasePen { colour: string; width: AtZoom; dash?: number[]; opacity?: AtZoom }
  /** A look of a class of an extract; neighbours of one family are drawn pen by pen. */
  interface BaseLook { fill?: string; family?: string; pens: BasePen[] }
  /** A class of the base map: from which zoom level on, up to which, its fill, its pens from bottom to top; `outlined`: its areas too. */
  interface BaseClass { id: string; from?: number; to?: number; fill?: string; opacity?: AtZoom; outlined?: boolean; pens: BasePen[] }

  /** A name of the base map; `as`: what points of view call it, `only`: which of them name it, all where none is listed. */
  interface Lettering { kind: string; text: Words; at: Position[]; from: number; to?: number; as: Record<string, Words>; only: string[] }
  interface WaterName { text: Words; lines: string[] }
  interface Claims { of: Record<string, string[]>; notes: Record<string, { said: Words; verdict: string }>; page: string }
  interface Tiles { url: string; subdomains: string; maxZoom: number; dark: boolean; attribution: string }

  /** Names of the base map of an extract: columns by name, words by language. */
  interface OsmTexts { count: number; columns: Record<string, Stream>; words: Chunks[] }
  /** The base map of an extract: what it covers, its classes from the lowest to the highest, and its parts. */
  interface Osm {
    box: Extent; manners: string[]; classes: { id: string; from: number }[]; stores: (Bulk & { texts: OsmTexts })[];
  }

  interface Page {
    langs: string[]; strings: Record<string, Record<string, Record<string, string>>>; words: Record<string, Words>;
    day: string; extent: Extent; baseExtent: Extent | null; views: { title: Words; extent: Extent }[]; looks: (Extent | null)[]; steps: { extent: Extent | null; day: string; lit: string[] }[]; compare: [string, string] | [];
    callouts: { text: Words; at: string | Position; from: string; until: string }[];
    groups: { id: string; title: Words }[]; styles: Record<string, Style>; shapes: Record<string, [number, number][]>;
    citations: Record<string, Citation>; claims: Claims; lettering: Lettering[]; pointsOfView: { id: string; title: Words }[]; waterNames: WaterName[]; tiles: Tiles | null; osm: Osm | null;
    /** Where the large texts are that the page itself does not hold. */
    parts: Parts | null;
    blocks: { layers: string[]; basemap: string[]; planner: string };
    /** Added as the page is read. */
    layers: Layer[]; base: Record<string, Base>; planner: (() => Promise<Planner>) | null;
  }

  // ---- big layers

  interface Parts { folder: string; build: string }
  interface Stream { type: 'u8' | 'i32'; bytes: number; pieces: [number, number] }
  interface Chunks { piece: number; lengths: number[] }
  interface Bulk {
    name: string; count: number; block: number; chunk: number; world: number; levels: [number, number][]; details: number[]; days: string[];
    words: Record<string, string[]>; streams: Record<string, Stream>; segments: { block: number; xy: Stream; shape?: Stream }[]; names: Chunks[]; properties: Chunks[];
  }

  // ---- the network of the planner

  /** From which day on, by its number; status; gauges in mm. */
  type State = [number, string, number[]];
  type Place = string | Position | { wrong: string } | null;
  interface Column { rows: number[]; words: string[] }
  interface Label { regime: string; note: string; from: string; to: string | null }
  interface Transfer {
    at: number; kind: string; from: string; to: string; both_ways: boolean; hours: number | null; states: State[]; labels: number[];
    sources: string[]; explanation: string; assumption: string; load_hours: Record<string, number>; loads: number[]; pairs: [number, number][];
  }
  interface Planner {
    nodes: { id: string[]; lons: number[]; lats: number[]; accuracy_m: number[]; country: string[]; names: Record<string, string[]> };
    edges: {
      from: number[]; to: number[]; mode: Column; line: Column; method: Column; length_m: number[]; uncertainty_m: number[]; systematic_m: number[]; rate: number[]; loads: number[]; hours: (number | null)[];
      chainages_km: number[]; countries: number[]; sources: number[]; labels: number[]; states: number[]; lines: Packed[];
    };
    lists: any[][]; states: State[][]; transfers: Transfer[]; labels: Label[]; sources: Record<string, string>;
    speeds: Record<string, number>; costs: Record<string, Record<string, number>>; loads: [string[], string | null, string | null][]; max_connector_m: number;
  }

  interface Node { number: number; id: string; at: Position; accuracy: number; country: string }
  interface Edge {
    from: number; to: number; mode: string; line: string; method: string; length: number; uncertainty: number; systematic: number; rate: number; loads: number[]; hours: number;
    chainages: (number | null)[]; countries: string[]; sources: string[]; labels: number[]; states: State[]; packed: Packed; checks: Transfer[];
  }
  interface Network { nodes: Node[]; edges: Edge[]; transfers: Transfer[]; checks: Transfer[] }
  interface OnDay { status: string; gauges: number[] }
  interface Arc { tail: number; head: number; link: number; carrier: string }
  /** Where a train reverses: by which link, and by which edges it cannot leave before. */
  interface Turn { link: number; blocked: Set<number>; key: string }
  interface Moving extends Turn { carrier: string; at: number }
  /** States of a node: where something has arrived, where it was loaded anew, from where it must reverse, and where ways begin and end. */
  interface Station { arrived: Map<string, number>; loaded: Map<string, number>; moving: Moving[]; start: number; end: number }
  interface Graph { state: { node: number; carrier: string }[]; arcs: Arc[]; out: number[][]; places: Station[]; hub: number }
  interface Weighed { weights: number[]; edgeStates: OnDay[]; checks: (OnDay & { check: Transfer })[][]; day: number; hoursOf: (transfer: Transfer) => number }
  interface Terminal { node: Node; gap: number; at: Position }
  interface Failure {
    error: string; node?: Node; gap?: number; modes?: string[]; closed?: { edge: Edge; status: string }[]; load?: string;
  }
  interface Question {
    from: string | Position; via: string | Position | null; to: string | Position; day: string; modes: string[]; gauge: number;
    bogieChange: boolean; planned: boolean; cost: string; load: string; anyLoad?: boolean; closed?: boolean;
  }
  interface LegLine { packed?: Packed; plain?: Position[]; forward?: boolean }
  /** A leg; `labels` are numbers until the router puts the labels in their place. */
  interface Leg {
    mode: string; from: number | { name: Position }; to: number | { name: Position }; length: number; uncertainty: number; systematic: number; hours: number;
    labels: any[]; sources: string[]; lines: LegLine[]; gauges?: number[]; kind?: string; line?: string; chainage?: number | null;
    status?: string; method?: string; countries?: string[]; carrier?: string; explanation?: string; assumption?: string;
    fromCarrier?: string; toCarrier?: string;
  }
  interface Route { legs: Leg[]; length: number; uncertainty: number; hours: number; straight: number; error?: undefined }

  // ---- what the modules hand to each other

  /** Left, top, right, bottom in pixels. */
  type Box = [number, number, number, number];
  /** A name that is to stand on the map. */
  interface MapLabel {
    id: string; text: string; manner: string; priority: number; from: number; to?: number; className: string;
    geometry: 'point' | 'line' | 'anchors'; item?: Item;
    /** Where it may stand, for a name that knows: middle, direction, and the length it may take, 0 for any. */
    place?: { latLng: L.LatLng; angle: number; room: number }; anchors?: L.LatLng[];
    /** Lines it may stand along, on the square of Web Mercator, and their boxes. */
    tracks?: Float64Array[]; bounds?: L.LatLngBounds[];
    /** The symbol stands only where the name does. */
    together?: boolean;
  }
  /** The lines of a label, and the room they take. */
  interface Room { lines: string[]; width: number; height: number }
  /** Where a label may stand; `align` is the side on which its lines are flush. */
  interface Spot { x: number; y: number; angle: number; align?: number }

  interface Item {
    /** GeoJSON feature with its whole history, and the same as it is on the day shown. */
    record: Feature;
    readonly feature: Feature;
    day: string;
    layer: Layer;
    /** Index of the rule it is drawn by, -1 when it is not on the map on that day. */
    symbol: number;
    style: Style;
    geometry: GeometryKind;
    minZoom: number;
    /** Where its popup points. */
    center: L.LatLng;
    /** Of a point feature. */
    points: L.LatLng[];
    /** Chosen from a list of what lies on its spot, which stays open. */
    chosenBeside?: boolean;
    /** The box around it. */
    bounds: L.LatLngBounds;
    shapes: any[];
    /** The invisible shapes; to ask for them makes them. */
    hits: any[];
    /** Whether it has shapes: what is beyond the opening view gets them later. */
    made: boolean;
    /** Classes that its shapes bear, whenever they are made. */
    marks: Set<string>;
    passes: boolean;
    standIn?: any;
    collapsed?: boolean;
    /** Its name, while that is on the map. */
    label?: SVGTextElement|null;
    selected?: boolean;
    /** Of a big layer: its store and row. */
    store?: any;
    row?: number;
    /** Lights it up, or no longer. */
    light?(on: boolean): void;
    reveal(): void;
    select(on: boolean): void;
  }

  /** The features on the map, which of them are shown, and by which day and filter. */
  interface Subject {
    items: Item[];
    bulk: any;
    day(): string;
    setDay(day: string): void;
    setFilter(passes: (properties: Properties) => boolean): void;
    isDrawn(item: Item): boolean;
    isOn(layer: Layer): boolean;
    isShown(item: Item): boolean;
    zoomShows(layer: Layer): boolean;
    set(layer: Layer, on: boolean): void;
    refresh(): void;
    renew(): void;
    /** Make the shapes of what is beyond the view, while nothing else is to be done. */
    complete(): Promise<void>;
    /** Make them now. */
    finish(): void;
    join(other: { judge(day: string, passes: (properties: Properties) => boolean): void }): void;
    onState(listener: () => void): void;
    onChange(listener: () => void): void;
  }

  /** Opens the popup of an item; focus returns to the element afterwards. */
  interface Open {
    (item: Item, latLng: L.LatLng, from: Element): void;
    /** A list of items that lie on one spot. */
    list(latLng: L.LatLng, content: HTMLElement, from: Element): void;
    follow(subject: Subject): void;
    item(): Item | null;
    onChange(listener: () => void): void;
  }
}

/** What a part beside the page calls with its text. */
interface Window { tumenPart: (build: string, id: string, text: string) => void }
