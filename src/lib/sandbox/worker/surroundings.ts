/** What the engine stands on: the worker that it runs in, and the workbench that its cells find around them. */
import type { Output, WorkerMessage } from '../../core/protocol/messages.ts';
import type { Slot } from './cell-node.ts';
import type { CellRun } from './cell-run.ts';

/** What the engine needs from where it runs. */
export interface EnginePlatform {
	send(message: WorkerMessage): void;
	/** Milliseconds, monotonic. */
	now(): number;
	/** Runs the task in a later turn of the event loop, soon. */
	soon(task: () => void): void;
	/** Runs the task at the pace of animation. */
	frame(task: () => void): void;
}

export interface Surroundings {
	/** The value of a built-in for a run; a `Slot` when it changes by itself. */
	builtin(name: string, run: CellRun): unknown;
	/** The slot of a built-in that changes by itself, or null. */
	liveBuiltin(name: string): Slot | null;
	/** What is shown for a value. Throws a CellFailure when it is too large. */
	describe(value: unknown, run: CellRun): Output;
	/** An output to be sent, as it now stands. */
	present(output: Output): Output;
	release(handles: readonly string[]): void;
	/** The cell was removed: forget what is kept for it between runs. */
	forget(cell: string): void;
}
