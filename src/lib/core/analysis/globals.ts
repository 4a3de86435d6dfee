/**
 * Names that belong to the language or its platform and are never another cell's.
 * `FIXED` is the list on which Observable's own parser agrees (a referee test compares): a cell can't define one.
 */

/** Can't be redefined by a cell, and is never an input. */
export const FIXED_GLOBALS: ReadonlySet<string> = new Set(
	`Array ArrayBuffer atob AudioContext Blob Boolean BigInt btoa clearInterval clearTimeout console crypto
	CustomEvent DataView Date decodeURI decodeURIComponent devicePixelRatio document encodeURI encodeURIComponent
	Error escape eval fetch File FileList FileReader Float32Array Float64Array Function Headers Image ImageData
	Infinity Int16Array Int32Array Int8Array Intl isFinite isNaN JSON Map Math NaN Number navigator Object observable
	parseFloat parseInt performance Path2D Promise Proxy RangeError ReferenceError Reflect RegExp
	cancelAnimationFrame requestAnimationFrame Set setInterval setTimeout String Symbol SyntaxError TextDecoder
	TextEncoder this TypeError Uint16Array Uint32Array Uint8Array Uint8ClampedArray undefined unescape URIError URL
	WeakMap WeakSet WebSocket Worker window`.split(/\s+/)
);

/** Also there in every supported browser's worker; unlike the fixed ones, a cell may define its own. */
export const OPEN_GLOBALS: ReadonlySet<string> = new Set(
	`AggregateError Atomics BigInt64Array BigUint64Array FinalizationRegistry Iterator WeakRef globalThis
	queueMicrotask structuredClone AbortController AbortSignal CompressionStream DecompressionStream DOMException
	Event EventTarget FormData MessageEvent OffscreenCanvas ReadableStream TransformStream WritableStream
	URLSearchParams createImageBitmap reportError SharedArrayBuffer Crypto CryptoKey SubtleCrypto`.split(
		/\s+/
	)
);
