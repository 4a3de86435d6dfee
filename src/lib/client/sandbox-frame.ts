/**
 * One sandbox frame with one worker in it, from its start to its end; `SandboxHost` makes a new one whenever the
 * worker must be replaced. Removing the frame ends its worker, whatever it is doing.
 */
import { AppError } from '../core/errors.ts';
import type { FrameReport, FrameRequest } from '../core/protocol/frame.ts';

/**
 * The frame's element. The page's own markup may hold one already in `container`: it then loads while the page's
 * scripts do.
 */
export const FRAME_ATTRIBUTES = {
	// Without allow-same-origin the frame has an origin of its own, which no storage and no cookie belongs to.
	sandbox: 'allow-scripts',
	referrerpolicy: 'no-referrer',
	allow: '',
	tabindex: -1,
	'aria-hidden': 'true',
	title: 'sandbox',
	// Kept in the page's layout, out of sight: browsers slow down frames that are not displayed.
	style:
		'position:absolute;inline-size:1px;block-size:1px;border:0;opacity:0;pointer-events:none;inset-block-start:0;inset-inline-start:0',
	src: '/sandbox/frame'
} as const;
/** For the frame to come, over the network. */
const FRAME_MS = 20_000;
/** Then for its worker's first word: nothing is fetched any more, a slow laptop only takes its time. */
const WORKER_MS = 60_000;

export interface SandboxFrame {
	readonly port: MessagePort;
	/** Gets what the worker says after it is ready, as it came. */
	hear: (data: unknown) => void;
	/** Called if the worker's process dies by itself. */
	lost: () => void;
	/** Ends the worker and removes the frame; nothing more is heard from it. */
	destroy(): void;
}

/** The frame that the server's markup holds, while it starts and until its container asks for it. */
let waking: {
	readonly container: HTMLElement;
	readonly frame: Promise<SandboxFrame>;
	/** Once it is there. */
	made: SandboxFrame | null;
} | null = null;

/**
 * Starts the worker of the frame that the server put in an element marked `data-sandbox`, while the page itself is
 * still waking up; `startFrame` of that element then answers with it. Without such an element it does nothing.
 */
export function wakeFrame(): void {
	const container = document.querySelector('[data-sandbox]');
	if (!(container instanceof HTMLElement) || !container.querySelector('iframe')) return;
	const woken: NonNullable<typeof waking> = { container, frame: boot(container), made: null };
	woken.frame.then(
		(frame) => (woken.made = frame),
		() => {
			// Told to who asks for the frame, if anyone does.
		}
	);
	waking = woken;
}

/**
 * Starts a worker and waits until it is ready; one that is ready already is given at once, so that it is spoken to
 * before the page draws what it opens.
 * Throws `AppError`: `sandbox_no_worker`, `sandbox_not_isolated`, `sandbox_unreachable`, `sandbox_silent`,
 * `sandbox_failed`.
 */
export function startFrame(container: HTMLElement): SandboxFrame | Promise<SandboxFrame> {
	const woken = waking?.container === container ? waking : null;
	waking = null;
	return woken?.made ?? woken?.frame ?? boot(container);
}

/** Frames whose worker was asked for: each is used once. */
const taken = new WeakSet<HTMLIFrameElement>();

function boot(container: HTMLElement): Promise<SandboxFrame> {
	if (typeof Worker !== 'function' || typeof MessageChannel !== 'function')
		return Promise.reject(new AppError('sandbox_no_worker'));
	const waiting = [...container.querySelectorAll('iframe')].find((frame) => !taken.has(frame));
	const iframe = waiting ?? document.createElement('iframe');
	taken.add(iframe);
	/** Offered to the frame; the worker speaks through the one that it was given. */
	const ports: MessagePort[] = [];
	let over = false;
	/** The browser isolates the frame, as far as it says. */
	let isolated = false;
	let answering: MessagePort | null = null;
	let frame: SandboxFrame | null = null;
	const { promise, resolve, reject } = Promise.withResolvers<SandboxFrame>();

	function destroy(): void {
		over = true;
		clearTimeout(timer);
		removeEventListener('message', onFrame);
		const stop: FrameRequest = { type: 'stop' };
		iframe.contentWindow?.postMessage(stop, '*');
		for (const port of ports) port.close();
		iframe.remove();
	}
	function fail(code: string): void {
		if (over) return;
		destroy();
		reject(new AppError(code));
	}
	let timer = setTimeout(() => fail('sandbox_unreachable'), FRAME_MS);

	function connect(): void {
		const { port1: port, port2 } = new MessageChannel();
		ports.push(port);
		port.onmessage = (event) => {
			if (over) return;
			if (frame) return frame.hear(event.data);
			if ((event.data as { type?: unknown } | null)?.type !== 'ready') return;
			answering = port;
			settle();
		};
		// Where browsers tell that the other end is gone: the worker's process died, most often for lack of memory.
		port.addEventListener('close', () => {
			if (!over && frame && port === answering) frame.lost();
		});
		port.start();
		const request: FrameRequest = { type: 'connect' };
		iframe.contentWindow?.postMessage(request, '*', [port2]);
	}
	/** Fail closed: a worker gets its first word only where the browser isolated its frame. */
	function settle(): void {
		if (!isolated || !answering || frame) return;
		clearTimeout(timer);
		frame = { port: answering, hear: () => {}, lost: () => {}, destroy };
		resolve(frame);
	}

	function onFrame(event: MessageEvent): void {
		// The frame's origin is opaque (« null »): who speaks is what can be checked.
		if (event.source !== iframe.contentWindow || over) return;
		const report = event.data as FrameReport | null;
		// Later, an error is only what a timer or a callback of a cell threw: the worker goes on.
		if (report?.type === 'worker-failed' && !frame) return fail('sandbox_failed');
		if (report?.type !== 'frame-ready' || frame) return;
		if (report.opaque !== true || event.origin !== 'null') return fail('sandbox_not_isolated');
		if (report.worker !== true) return fail('sandbox_no_worker');
		if (!isolated) {
			clearTimeout(timer);
			timer = setTimeout(() => fail('sandbox_silent'), WORKER_MS);
		}
		isolated = true;
		// What was said before the frame was there is lost.
		if (report.connected !== true) connect();
		settle();
	}
	addEventListener('message', onFrame);

	if (waiting) {
		// It may be there already.
		connect();
	} else {
		for (const [name, value] of Object.entries(FRAME_ATTRIBUTES))
			iframe.setAttribute(name, String(value));
		container.append(iframe);
	}
	return promise;
}
