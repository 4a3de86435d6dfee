/**
 * One sandbox frame with one worker in it, from its start to its end; `SandboxHost` makes a new one whenever the
 * worker must be replaced. Removing the frame ends its worker, whatever it is doing.
 */
import { AppError } from '../core/errors.ts';
import type { FrameReport, FrameRequest } from '../core/protocol/frame.ts';

const FRAME_PATH = '/sandbox/frame';
/** The whole of starting: frame, policy check, worker's first word. */
const BOOT_MS = 20_000;

export interface SandboxFrame {
	readonly port: MessagePort;
	/** Ends the worker and removes the frame; nothing more is heard from it. */
	destroy(): void;
}

/**
 * Starts a worker and waits until it is ready. `hear` gets everything the worker says after that, as it came.
 * `lost` is called if the worker's process dies by itself.
 * Throws `AppError`: `sandbox_no_worker`, `sandbox_not_isolated`, `sandbox_unreachable`, `sandbox_failed`.
 */
export function startFrame(
	container: HTMLElement,
	workerText: string,
	hear: (data: unknown) => void,
	lost: () => void
): Promise<SandboxFrame> {
	const iframe = document.createElement('iframe');
	// Without allow-same-origin the frame has an origin of its own, which no storage and no cookie belongs to.
	iframe.setAttribute('sandbox', 'allow-scripts');
	iframe.referrerPolicy = 'no-referrer';
	iframe.allow = '';
	iframe.tabIndex = -1;
	iframe.setAttribute('aria-hidden', 'true');
	iframe.title = 'sandbox';
	// Kept in the page's layout, out of sight: browsers slow down frames that are not displayed.
	iframe.style.cssText =
		'position:absolute;inline-size:1px;block-size:1px;border:0;opacity:0;pointer-events:none;inset-block-start:0;inset-inline-start:0';
	iframe.src = FRAME_PATH;

	const { port1: port, port2 } = new MessageChannel();
	let over = false;
	let ready = false;

	function destroy(): void {
		over = true;
		clearTimeout(timer);
		removeEventListener('message', onFrame);
		const stop: FrameRequest = { type: 'stop' };
		iframe.contentWindow?.postMessage(stop, '*');
		port.close();
		iframe.remove();
	}

	let resolve: (frame: SandboxFrame) => void;
	let reject: (error: AppError) => void;
	const started = new Promise<SandboxFrame>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	function fail(code: string): void {
		if (over) return;
		destroy();
		reject(new AppError(code));
	}
	const timer = setTimeout(() => fail('sandbox_unreachable'), BOOT_MS);

	function onFrame(event: MessageEvent): void {
		// The frame's origin is opaque ("null"): who speaks is what can be checked.
		if (event.source !== iframe.contentWindow || over) return;
		const report = event.data as FrameReport | null;
		// Later, an error is only what a timer or a callback of a cell threw: the worker goes on.
		if (report?.type === 'worker-failed' && !ready) return fail('sandbox_failed');
		if (report?.type !== 'frame-ready' || ready) return;
		// Fail closed: no code is sent to a frame that the browser did not isolate.
		if (report.opaque !== true || event.origin !== 'null') return fail('sandbox_not_isolated');
		if (report.worker !== true) return fail('sandbox_no_worker');
		const start: FrameRequest = { type: 'start', worker: workerText };
		iframe.contentWindow?.postMessage(start, '*', [port2]);
	}
	addEventListener('message', onFrame);

	port.onmessage = (event) => {
		if (over) return;
		if (ready) return hear(event.data);
		if ((event.data as { type?: unknown } | null)?.type !== 'ready') return;
		ready = true;
		clearTimeout(timer);
		resolve({ port, destroy });
	};
	// Where browsers tell that the other end is gone: the worker's process died, most often for lack of memory.
	port.addEventListener('close', () => {
		if (over) return;
		if (ready) lost();
		else fail('sandbox_failed');
	});
	port.start();
	container.append(iframe);
	return started;
}
