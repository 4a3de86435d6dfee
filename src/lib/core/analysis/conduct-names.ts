/**
 * The names that a cell's code may use without its conduct being doubted: what is not here is not known to be harmless
 * (`conduct.ts`). One list a role that a name plays; a name may stand in several.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Names whose members are functions of the language or of a library. They stand before a dot, a call or `new` only. */
export const NAMESPACES = words(
	`Math JSON Object Array Number String Boolean Date Promise Intl BigInt Symbol Plot Inputs Generators Promises aq op
	console performance RegExp Map Set WeakMap WeakSet URL Error TypeError RangeError Uint8Array Int8Array Uint16Array
	Int16Array Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray BigInt64Array BigUint64Array
	TextEncoder TextDecoder Mutable Reflect Proxy Atomics crypto WeakRef FinalizationRegistry Iterator ArrayBuffer DataView`
);
/** What of a namespace may be read or called; all of one that is not here, but for what `DENIED` says. */
export const MEMBERS: Readonly<Record<string, ReadonlySet<string>>> = {
	Object: words('keys values entries fromEntries groupBy is hasOwn freeze isFrozen'),
	Array: words('from of isArray'),
	Promise: words('all allSettled any race resolve reject'),
	Symbol: words('iterator asyncIterator'),
	Generators: words('input width dark now range'),
	performance: words('now'),
	String: words('raw fromCharCode fromCodePoint'),
	Reflect: words('ownKeys has'),
	Map: words('groupBy'),
	crypto: words('randomUUID'),
	RegExp: words('escape'),
	Error: new Set(),
	Proxy: new Set(),
	Atomics: new Set(),
	Iterator: words('from'),
	Mutable: new Set()
};
/** Members of the libraries that change them for every cell, or bring chance or a lost object. */
export const DENIED = words(
	'addFunction addAggregateFunction addWindowFunction addVerb addTableMethod addPackage seed internal bind'
);
/** Functions that may be called by their name. */
export const FUNCTIONS = words(
	`display view md FileAttachment String Number Boolean BigInt Array Symbol Date RegExp Error parseInt parseFloat isNaN
	isFinite structuredClone encodeURIComponent decodeURIComponent encodeURI decodeURI atob btoa setTimeout setInterval
	clearTimeout clearInterval queueMicrotask Mutable`
);
/** Given as they are to a method (`map(Number)`). */
export const CONVERTERS = words('String Number Boolean BigInt parseFloat parseInt isNaN isFinite');
/** What may be made with `new`. */
export const MAKERS = words(
	`Map Set WeakMap WeakSet Array Date Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array
	Float64Array Uint8ClampedArray BigInt64Array BigUint64Array URL Error TypeError RangeError RegExp TextEncoder
	TextDecoder Promise`
);
/** Names through which a value passes where nothing sees it. */
export const UNSEEN = words('globalThis self window eval Function importScripts frames parent top');
/** Members through which code, or a function without its object, is had. */
export const HIDDEN = words(
	'constructor prototype __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ call apply bind caller callee'
);
/** Methods that change what they are called on. */
export const CHANGERS = words(
	`push pop shift unshift splice sort reverse fill copyWithin set add delete clear append setTime setDate setMonth
	setFullYear setHours setMinutes setSeconds setMilliseconds setUTCDate setUTCMonth setUTCFullYear setUTCHours
	setUTCMinutes setUTCSeconds setUTCMilliseconds`
);
/** Methods that hand back something new, of one level. */
export const COPIERS = words(
	`map filter slice concat flat flatMap toSorted toReversed toSpliced with split keys objects matchAll`
);
/** Methods that call the function given at once, or when the cell's own work goes on. */
export const CALLERS = words(
	`map filter forEach reduce reduceRight find findIndex findLast findLastIndex some every flatMap sort toSorted then
	catch finally from groupBy replace replaceAll scan fromEntries`
);
/** Methods that read. */
export const READERS = words(
	`at charAt charCodeAt codePointAt startsWith endsWith includes indexOf lastIndexOf localeCompare match normalize
	padStart padEnd repeat search substring substr toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase trim
	trimStart trimEnd toString toLocaleString valueOf join entries values has get getAll toFixed toPrecision
	toExponential getTime getDate getDay getMonth getFullYear getHours getMinutes getSeconds getMilliseconds getUTCDate
	getUTCDay getUTCMonth getUTCFullYear getUTCHours getUTCMinutes getUTCSeconds getUTCMilliseconds toISOString toJSON
	toDateString toTimeString toLocaleDateString toLocaleTimeString getTimezoneOffset format formatToParts formatRange
	select test exec hasOwnProperty union intersection difference symmetricDifference isSubsetOf isSupersetOf
	isDisjointFrom arquero arrow arrayBuffer text json numRows numCols totalRows totalCols columnNames columnName
	columnIndex column columnAt array indices partitions isGrouped isFiltered isOrdered groups object print toCSV toHTML
	toMarkdown toArrow toArrowIPC getter plot getChild getChildAt toArray toReversed encode decode plot params size
	derive rollup count take drop`
);
/** Verbs whose argument says columns, by keys that may be named as a method is. */
export const DESCRIBERS = words(
	'rollup derive params impute spread fold pivot rename select orderby groupby table join join_left join_right join_full plot'
);
/** Verbs that make one row of many. */
export const SUMMARIES = words('rollup count');
/** Aggregates that keep the rows inside one cell of the table. */
export const HOARDS =
	/\b(?:array_agg|array_agg_distinct|object_agg|map_agg|entries_agg|values|unique|list)\b/;

/** Verbs that take another table. */
export const JOINERS = words(
	`join join_left join_right join_full semijoin antijoin cross concat union intersect except lookup`
);
