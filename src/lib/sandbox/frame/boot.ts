/**
 * All that ever runs in the sandbox frame: it starts the cell worker from the text that the page gives, hands it
 * its port, and ends it. People's code runs in that worker only, never in this realm: a document can reach the
 * outside in ways that no policy closes (navigating itself, WebRTC), a worker can't.
 */
import type { FrameReport, FrameRequest } from '../../core/protocol/frame.ts';

let worker: Worker | null = null;

// The page's origin is not known here, and this frame's is opaque: what is checked is who speaks.
const report = (message: FrameReport) => parent.postMessage(message, '*');

function stop(): void {
	worker?.terminate();
	worker = null;
}

function start(source: string, port: MessagePort): void {
	stop();
	let address = '';
	try {
		address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
		const started = new Worker(address);
		started.onerror = (event) => {
			// The worker catches what cells throw: only its own failure to start arrives here.
			event.preventDefault();
			if (worker === started)
				report({ type: 'worker-failed', message: String(event.message ?? '').slice(0, 500) });
		};
		worker = started;
		started.postMessage(null, [port]);
	} catch (error) {
		report({ type: 'worker-failed', message: String(error).slice(0, 500) });
	} finally {
		// The worker has taken its text by the time another one starts; a frame makes few.
		if (address) setTimeout(() => URL.revokeObjectURL(address), 10_000);
	}
}

addEventListener('message', (event: MessageEvent<FrameRequest>) => {
	if (event.source !== parent) return;
	const request = event.data;
	if (request.type === 'hello') ready();
	else if (request.type === 'stop') stop();
	else if (request.type === 'start' && event.ports[0]) start(request.worker, event.ports[0]);
});

/** An origin that is not opaque means that the sandbox was not honoured: the page then refuses to go on. */
function ready(): void {
	report({
		type: 'frame-ready',
		opaque: self.origin === 'null',
		worker: typeof Worker === 'function'
	});
}
ready();
