/**
 * All that ever runs in the sandbox frame: it starts the cell worker from the text that the frame's own page holds,
 * hands it a port of the page's, and ends it. People's code runs in that worker only, never in this realm: a document
 * can reach the outside in ways that no policy closes (navigating itself, WebRTC), a worker can't.
 */
import type { FrameReport, FrameRequest } from '../../core/protocol/frame.ts';

/** An origin that is not opaque means that the sandbox was not honoured: nothing is started then. */
const opaque = self.origin === 'null';
let worker: Worker | null = null;
let connected = false;

// The page's origin is not known here, and this frame's is opaque: what is checked is who speaks.
const report = (message: FrameReport) => parent.postMessage(message, '*');
const ready = () =>
	report({ type: 'frame-ready', opaque, worker: typeof Worker === 'function', connected });

function start(): void {
	let address = '';
	try {
		const text = document.getElementById('worker')?.textContent ?? '';
		const source = JSON.parse(text) as string;
		address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
		const started = new Worker(address);
		started.onerror = (event) => {
			// The worker catches what cells throw: only its own failure to start arrives here.
			event.preventDefault();
			if (worker === started)
				report({ type: 'worker-failed', message: String(event.message ?? '').slice(0, 500) });
		};
		worker = started;
	} catch (error) {
		report({ type: 'worker-failed', message: String(error).slice(0, 500) });
	} finally {
		// The worker has taken its text by then.
		if (address) setTimeout(() => URL.revokeObjectURL(address), 10_000);
	}
}

addEventListener('message', (event: MessageEvent<FrameRequest>) => {
	if (event.source !== parent) return;
	const { type } = event.data;
	if (type === 'stop') {
		worker?.terminate();
		worker = null;
	} else if (type === 'connect') {
		const [port] = event.ports;
		if (worker && port && !connected) {
			connected = true;
			worker.postMessage(null, [port]);
		}
		ready();
	}
});

if (opaque && typeof Worker === 'function') start();
ready();
