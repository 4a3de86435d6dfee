/**
 * A step that a person is at, wherever other people's edits put it: the first and the last of its signs are followed in
 * the shared text. A step whose signs are gone is found again by its text, if one step alone has it.
 */
import * as Y from 'yjs';
import type { PlacedStep } from '../core/pipeline/step.ts';

export class StepAnchor {
	readonly #text: Y.Text;
	readonly #first: Y.RelativePosition;
	readonly #last: Y.RelativePosition;
	readonly #written: string;

	/** @param step as it stands in the text now */
	constructor(text: Y.Text, step: PlacedStep) {
		this.#text = text;
		this.#first = Y.createRelativePositionFromTypeIndex(text, step.from);
		this.#last = Y.createRelativePositionFromTypeIndex(text, Math.max(step.from, step.to - 1));
		this.#written = step.text.trim();
	}

	/** Its index among the steps of the text as it now is; null where it is gone. */
	find(steps: readonly PlacedStep[]): number | null {
		const first = this.#at(this.#first);
		const last = this.#at(this.#last);
		if (first !== null && last !== null && first < last) {
			const index = steps.findIndex(({ from, to }) => from <= first && last < to);
			if (index >= 0) return index;
		}
		const alike = steps.flatMap(({ text }, i) => (text.trim() === this.#written ? [i] : []));
		return alike.length === 1 ? (alike[0] ?? null) : null;
	}

	#at(position: Y.RelativePosition): number | null {
		const { doc } = this.#text;
		return doc
			? (Y.createAbsolutePositionFromRelativePosition(position, doc)?.index ?? null)
			: null;
	}
}

/** Where a step is about to be put: behind one step, before another; at the head or at the end where there is none. */
export class PlaceAnchor {
	readonly #before: StepAnchor | null;
	readonly #after: StepAnchor | null;

	constructor(text: Y.Text, steps: readonly PlacedStep[], index: number) {
		const [before, after] = [steps[index - 1], steps[index]];
		this.#before = before ? new StepAnchor(text, before) : null;
		this.#after = after ? new StepAnchor(text, after) : null;
	}

	/** The index at which a new step stands there now. */
	find(steps: readonly PlacedStep[]): number {
		const before = this.#before?.find(steps) ?? null;
		if (before !== null) return before + 1;
		const after = this.#after?.find(steps) ?? null;
		if (after !== null) return after;
		return this.#before ? steps.length : 0;
	}
}
