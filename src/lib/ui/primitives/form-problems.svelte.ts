/**
 * What the fields of a form lack, found before anything is sent. The rules are the browser's own (`required`, `type`,
 * `minlength`), the sentences are ours: in the page's language, beside the field, and never in a bubble that goes away.
 */
import { getContext, setContext, tick } from 'svelte';
import { errorText } from '../error-text.ts';
import { problemOf, type Checked } from './field-problem.ts';

const KEY = Symbol('form problems');

export class FormProblems {
	#found = $state.raw<Readonly<Record<string, string>>>({});

	/** The sentence of the field of that name. */
	of(name: string): string | undefined {
		return this.#found[name];
	}

	/** Whether the form can be sent; if not, each field says why and the first one has the focus. */
	check(form: HTMLFormElement): boolean {
		const controls = [...form.elements] as (Element & Checked & HTMLElement)[];
		const wrong = controls.filter((control) => control.willValidate && !control.validity.valid);
		const found: Record<string, string> = {};
		for (const control of wrong) {
			const problem = problemOf(control);
			if (problem) found[control.name] ??= errorText(problem.code, problem.details);
		}
		this.#found = found;
		// Once its sentence is there, so that a screen reader says both.
		void tick().then(() => wrong[0]?.focus());
		return wrong.length === 0;
	}

	/** A field that was mended says nothing any more. For the form's `input` event. */
	readonly hear = ({ target }: Event): void => {
		const control = target as Partial<Checked> | null;
		if (!control?.name || !this.#found[control.name] || !control.validity?.valid) return;
		this.#found = Object.fromEntries(
			Object.entries(this.#found).filter(([name]) => name !== control.name)
		);
	};
}

/** For the component that holds the form: its fields find their sentence by themselves. */
export const holdProblems = (): FormProblems => setContext(KEY, new FormProblems());

/** For a field: what its form found, where the form checks its fields. */
export const heldProblems = (): FormProblems | undefined => getContext<FormProblems>(KEY);
