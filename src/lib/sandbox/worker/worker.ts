/**
 * Entry of the cell worker, one classic script: takes its port (the first message's), starts the session on it, and
 * takes away what cells must not reach. The port lives in this function's scope and nowhere else: what speaks through
 * it was captured before any cell ran.
 */
import type { HostMessage, WorkerMessage } from '../../core/protocol/messages.ts';
import { takeAway } from './hygiene.ts';
import { makePlot, toPicture } from './plot.ts';
import { startSession } from './session.ts';

const { apply } = Reflect;

function boot(event: MessageEvent): void {
	const port = event.ports[0];
	if (!port) return;
	removeEventListener('message', boot);
	const post = port.postMessage as (this: MessagePort, message: WorkerMessage) => void;
	const readData = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get;
	const later = setTimeout;
	const clock = performance;
	const time = performance.now as (this: Performance) => number;
	// A channel to itself: a turn of the event loop without the delay that timers have.
	const { port1, port2 } = new MessageChannel();
	const turns: (() => void)[] = [];
	port2.onmessage = () => turns.shift()?.();

	const session = startSession(
		{
			send: (message) => apply(post, port, [message]),
			now: () => apply(time, clock, []),
			soon: (task) => {
				turns.push(task);
				apply(post, port1, [{ type: 'ready' }]);
			},
			frame: (task) => void later(task, 16)
		},
		{ make: makePlot, picture: toPicture }
	);
	port.onmessage = (received: MessageEvent<HostMessage>) => {
		session.receive((readData ? apply(readData, received, []) : received.data) as HostMessage);
	};
	takeAway(globalThis as unknown as Record<string, unknown>);
	apply(post, port, [{ type: 'ready' }]);
}

addEventListener('message', boot);
