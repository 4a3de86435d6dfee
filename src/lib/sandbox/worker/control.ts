/**
 * Controls: a cell makes one with `Inputs`, the host draws its description and sends back what the person chose.
 * The values of options stay here; the host knows them by their place in the list.
 */
import type { ControlDescription, ControlValue } from '../../core/protocol/messages.ts';
import type { LiveIterator, LiveSource } from './live.ts';
import { iterate } from './live.ts';

export interface ControlSpec {
	/** The description with the control's present state. */
	describe(state: unknown): ControlDescription;
	/** What the cell gets for a state. */
	value(state: unknown): unknown;
	/** The state that the host's value says; throws RangeError for what the description does not offer. */
	read(value: ControlValue, state: unknown): unknown;
	/** The state that a remembered one is now; null when it is no longer offered. */
	recall(state: unknown): { state: unknown } | null;
	readonly initial: unknown;
	/** Same text: the author means the same control and starting value, so what the person chose stands. */
	readonly identity: string;
}

export class Control {
	readonly #spec: ControlSpec;
	#state: unknown;
	readonly #listeners = new Set<() => void>();

	constructor(spec: ControlSpec) {
		this.#spec = spec;
		this.#state = spec.initial;
	}

	get value(): unknown {
		return this.#spec.value(this.#state);
	}

	/** Observable's elements have these two; kept for code that listens by hand. */
	addEventListener(type: string, listener: () => void): void {
		if (type === 'input') this.#listeners.add(listener);
	}
	removeEventListener(_type: string, listener: () => void): void {
		this.#listeners.delete(listener);
	}

	static describe(control: Control): ControlDescription {
		return control.#spec.describe(control.#state);
	}

	/** Takes the host's value. Throws RangeError. */
	static move(control: Control, value: ControlValue): void {
		control.#state = control.#spec.read(value, control.#state);
		for (const listener of [...control.#listeners]) listener();
	}

	/** What to remember between runs. */
	static memory(control: Control): { identity: string; state: unknown } {
		return { identity: control.#spec.identity, state: control.#state };
	}

	/** Takes up what the person chose before, if it still stands. */
	static recall(control: Control, memory: { identity: string; state: unknown }): void {
		if (memory.identity !== control.#spec.identity) return;
		const recalled = control.#spec.recall(memory.state);
		if (recalled) control.#state = recalled.state;
	}

	/** The control's value as something that changes. */
	static follow(control: Control): LiveIterator {
		const source: LiveSource = {
			immediate: true,
			has: () => true,
			get: () => control.value,
			listen: (changed) => {
				control.#listeners.add(changed);
				return () => control.#listeners.delete(changed);
			}
		};
		return iterate(source);
	}
}
