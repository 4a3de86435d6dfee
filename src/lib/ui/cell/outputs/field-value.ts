/**
 * What a control's field shows: what the person last gave it, until its cell says something newer. Descriptions come
 * from a worker, some time after each keystroke: those that only tell what the person gave are no news.
 */
import type { ControlValue } from '$lib/core/protocol/messages';

const same = (a: ControlValue, b: ControlValue): boolean => JSON.stringify(a) === JSON.stringify(b);

export class FieldValue {
	#shown: ControlValue;
	/** What the cell said last. */
	#told: ControlValue;
	/** Given by the person, not yet told back, oldest first. */
	#given: ControlValue[] = [];

	constructor(told: ControlValue) {
		this.#shown = told;
		this.#told = told;
	}

	/** The person gives a value; it is what the field shows. */
	give(value: ControlValue): ControlValue {
		this.#given.push(value);
		this.#shown = value;
		return value;
	}

	/** The cell describes the control with this value; answers what the field shows then. */
	tell(value: ControlValue): ControlValue {
		const at = this.#given.findIndex((given) => same(given, value));
		if (at >= 0) this.#given.splice(0, at + 1);
		else if (this.#given.length === 0 || !same(value, this.#told)) {
			this.#given = [];
			this.#shown = value;
		}
		this.#told = value;
		return this.#shown;
	}
}
