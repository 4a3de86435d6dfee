/**
 * What cells must not reach, taken away before any of them runs. The wall is the frame's policy (no network, opaque
 * origin); this makes mistakes clear, and keeps cells from meddling with the conversation between worker and host.
 */

/** Names of the platform that would only fail, or confuse: gone, so that `typeof` says so. */
const TAKEN_AWAY = [
	...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'WebSocketStream'],
	...['importScripts', 'Worker', 'SharedWorker', 'BroadcastChannel', 'RTCPeerConnection'],
	...['indexedDB', 'caches', 'cookieStore', 'localStorage', 'sessionStorage', 'Notification'],
	// Firefox 140 fetches a worker's fonts past the policy: here this is the only wall.
	...['FontFace', 'FontFaceSet', 'fonts'],
	...['postMessage', 'close', 'onmessage', 'onmessageerror', 'onerror', 'addEventListener'],
	...['removeEventListener', 'dispatchEvent', 'navigator', 'location', 'FileReaderSync'],
	...['webkitRequestFileSystem', 'webkitRequestFileSystemSync', 'MessageChannel', 'MessagePort']
];

/** Objects that the engine itself leans on when it speaks to the host: no cell changes them. */
const FROZEN = [
	'Array',
	'Map',
	'Set',
	'WeakMap',
	'Promise',
	'EventTarget',
	'Event',
	'MessageEvent'
];

/** A text given to a timer is code that runs outside any cell: Firefox 140 loses the page over an `import()` in it. */
function functionsOnly(scope: Record<string, unknown>, name: 'setTimeout' | 'setInterval'): void {
	const timer = scope[name];
	if (typeof timer !== 'function') return;
	Object.defineProperty(scope, name, {
		value: (task: unknown, ...rest: unknown[]): unknown => {
			if (typeof task !== 'function') throw new TypeError(`${name}: function`);
			return Reflect.apply(timer, scope, [task, ...rest]) as unknown;
		},
		writable: false,
		configurable: false
	});
}

export function takeAway(scope: Record<string, unknown>): void {
	functionsOnly(scope, 'setTimeout');
	functionsOnly(scope, 'setInterval');
	for (const name of FROZEN) {
		const { prototype } = (scope[name] ?? {}) as { prototype?: object };
		if (prototype) Object.freeze(prototype);
	}
	Object.freeze(Reflect);
	Object.freeze(JSON);
	// A name may stand on the global object or on any object it inherits from.
	for (
		let object: object | null = scope;
		object;
		object = Object.getPrototypeOf(object) as object
	) {
		for (const name of TAKEN_AWAY) {
			if (!Object.hasOwn(object, name)) continue;
			if (Reflect.deleteProperty(object, name)) continue;
			try {
				Object.defineProperty(object, name, { value: undefined, configurable: false });
			} catch {
				// Neither deletable nor redefinable here: the policy refuses what it does.
			}
		}
		if (object === Object.prototype) break;
	}
	// What every event target has (addEventListener…) stays on their frozen prototype; this one shows it no more.
	for (const name of TAKEN_AWAY)
		if (name in scope)
			Object.defineProperty(scope, name, { value: undefined, configurable: false });
}
