/**
 * Every built-in name of Observable Notebooks 2.0, and of the platform, as a cell finds it here: `here` (the same),
 * `different` (there, with a difference that docs/builtins.md tells) or `absent`, with what to do instead.
 * docs/builtins.md says the same list in words; a test holds the two and Observable's own list together.
 */
export type BuiltinPresence = 'here' | 'different' | 'absent';

/** What to do instead of an absent name: the message `cell_error_absent_<advice>`. */
export type Advice =
	'data' | 'table' | 'chart' | 'control' | 'text' | 'storage' | 'page' | 'library';

export interface Builtin {
	readonly presence: BuiltinPresence;
	readonly advice: Advice | null;
}

const entry = (
	presence: BuiltinPresence,
	advice: Advice | null,
	names: string
): [string, Builtin][] => names.split(/\s+/).map((name) => [name, { presence, advice }]);

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
	...entry('here', null, 'display view invalidation Promises Mutable md'),
	...entry('different', null, 'aq op Plot Inputs FileAttachment Generators now width dark'),
	// Observable's
	...entry(
		'absent',
		'data',
		'DatabaseClient DuckDBClient duckdb sql SQLite SQLiteDatabaseClient vg'
	),
	...entry('absent', 'data', 'aapl alphabet cars citywages diamonds flare industries miserables'),
	...entry('absent', 'data', 'olympians penguins pizza weather Files'),
	...entry('absent', 'table', 'Arrow _'),
	...entry('absent', 'chart', 'd3 echarts L mapboxgl mermaid dot topojson vl'),
	...entry('absent', 'text', 'htl html svg tex'),
	...entry('absent', 'library', 'React ReactDOM Interpreter require import Secret'),
	...entry('absent', 'page', 'DOM visibility'),
	// The platform's
	...entry('absent', 'data', 'fetch XMLHttpRequest WebSocket EventSource WebTransport'),
	...entry('absent', 'data', 'Headers Request Response File FileList FileReader'),
	...entry('absent', 'page', 'document window self parent top frames location history navigator'),
	...entry('absent', 'page', 'AudioContext devicePixelRatio alert confirm prompt'),
	...entry('absent', 'page', 'Notification postMessage close onmessage addEventListener'),
	...entry('absent', 'chart', 'Image ImageData Path2D OffscreenCanvas createImageBitmap'),
	...entry('absent', 'storage', 'localStorage sessionStorage indexedDB caches cookieStore'),
	...entry(
		'absent',
		'library',
		'Worker SharedWorker importScripts BroadcastChannel MessageChannel'
	),
	...entry('absent', 'library', 'RTCPeerConnection WebAssembly observable process module exports')
]);

export const isBuiltin = (name: string): boolean => {
	const presence = BUILTINS.get(name)?.presence;
	return presence === 'here' || presence === 'different';
};
