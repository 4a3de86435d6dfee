/**
 * Values that come when they come: promises are awaited, generators pulled, what changes by itself is listened to.
 * Whatever comes for a run that is over is dropped.
 */
import { ColumnTable } from 'arquero';
import type { CellNode, Slot } from './cell-node.ts';
import { RunHandle } from './cell-run.ts';
import { setRunning, tableLineage } from './lineage.ts';
import { isGenerator, isThenable, liveSource } from './live.ts';
import type { Reports } from './reports.ts';
import type { EnginePlatform } from './surroundings.ts';

/** Where values go. */
export interface Receiver {
	set(slot: Slot, value: unknown): void;
	/** One of the things that the run waited for has come. */
	arrived(node: CellNode, run: number): void;
	failed(node: CellNode, run: number, error: unknown): void;
	/** Runs what is ready to. */
	drain(): void;
	/** Cells run now. */
	draining(): boolean;
}

export class LaterValues {
	readonly #platform: EnginePlatform;
	readonly #reports: Reports;
	readonly #to: Receiver;

	constructor(platform: EnginePlatform, reports: Reports, to: Receiver) {
		this.#platform = platform;
		this.#reports = reports;
		this.#to = to;
	}

	/** Takes a value into a slot, or onto the screen (slot null): awaited, pulled or listened to as it needs. */
	follow(node: CellNode, run: number, value: unknown, slot: Slot | null): void {
		const take = (next: unknown): void => {
			// A table that plain code made takes its lineage from the cell that gives it a name.
			if (next instanceof ColumnTable) tableLineage(next, new RunHandle(this.#reports, node, run));
			if (slot) {
				this.#to.set(slot, next);
				if (next instanceof ColumnTable) this.#reports.named(node, run, slot.name, next);
			} else {
				this.#reports.clear(node);
				this.#reports.value(node, run, next);
			}
		};
		const live = liveSource(value);
		if (live) {
			let come = false;
			const changed = (): void => {
				if (node.run !== run) return;
				take(live.get());
				if (!come) {
					come = true;
					this.#to.arrived(node, run);
				}
			};
			let soon = false;
			node.pending += 1;
			(node.cleanups ??= []).push(
				live.listen(() => {
					// A change made inside a run is looked at after it; many changes in one turn count once.
					if (soon) return;
					soon = true;
					const later = (): void => {
						soon = false;
						try {
							changed();
						} catch (error) {
							this.#to.failed(node, run, error);
						}
						this.#to.drain();
					};
					if (this.#to.draining() || !live.immediate) this.#platform.soon(later);
					else later();
				})
			);
			if (live.has()) changed();
		} else if (isThenable(value)) {
			node.pending += 1;
			this.await(node, run, value, (result) => {
				this.follow(node, run, result, slot);
				this.#to.arrived(node, run);
			});
		} else if (isGenerator(value)) {
			node.pending += 1;
			this.#pull(node, run, value, take);
		} else take(value);
	}

	/** Goes on with the promise's value, unless the run is over by then. */
	await(
		node: CellNode,
		run: number,
		promise: PromiseLike<unknown>,
		then: (v: unknown) => void
	): void {
		const settle = (step: () => void): void => {
			if (node.run !== run) return;
			try {
				step();
			} catch (error) {
				this.#to.failed(node, run, error);
			}
			this.#to.drain();
		};
		promise.then(
			(value) => settle(() => then(value)),
			(error: unknown) => settle(() => this.#to.failed(node, run, error))
		);
	}

	/** Pulls a generator: the first value now, the next ones at the pace of animation, until the run is over. */
	#pull(
		node: CellNode,
		run: number,
		generator: Iterator<unknown> | AsyncIterator<unknown>,
		take: (value: unknown) => void
	): void {
		let first = true;
		(node.cleanups ??= []).push(() => {
			const ended = generator.return?.();
			if (isThenable(ended)) ended.then(undefined, () => undefined);
		});
		const got = ({ done, value }: IteratorResult<unknown>): void => {
			if (node.run !== run) return;
			if (!done || first) take(done ? undefined : value);
			if (first) {
				first = false;
				this.#to.arrived(node, run);
			}
			if (!done) this.#platform.frame(step);
			this.#to.drain();
		};
		const step = (): void => {
			if (node.run !== run) return;
			const before = setRunning(new RunHandle(this.#reports, node, run));
			try {
				const result = generator.next();
				if (isThenable(result)) {
					this.await(node, run, result as PromiseLike<IteratorResult<unknown>>, (r) => {
						const { done, value } = r as IteratorResult<unknown>;
						if (isThenable(value))
							this.await(node, run, value, (v) =>
								got({ done, value: v } as IteratorResult<unknown>)
							);
						else got({ done, value } as IteratorResult<unknown>);
					});
				} else if (isThenable(result.value)) {
					this.await(node, run, result.value, (value) =>
						got({ done: result.done ?? false, value })
					);
				} else got(result);
			} catch (error) {
				this.#to.failed(node, run, error);
				this.#to.drain();
			} finally {
				setRunning(before);
			}
		};
		step();
	}
}
