/** What is said of one step of a transformation. */
import type * as Y from 'yjs';
import { describeStep } from '$lib/core/pipeline/describe-step';
import type { PlacedStep } from '$lib/core/pipeline/step';
import { getLocale } from '$lib/paraglide/runtime';
import type { Annotation } from './annotate-context.ts';
import { beginOn } from './begin-on.ts';

export interface StepTalk {
	/** Open discussions. */
	readonly count: number;
	/** The one that is read is about it. */
	readonly current: boolean;
	begin(): void;
	/** Shows the first of them. */
	open(): void;
}

/** The signs of a step without the line that they begin on. */
function written({ from, to, text }: PlacedStep): { from: number; to: number } {
	const lead = text.length - text.trimStart().length;
	const trail = text.length - text.trimEnd().length;
	// What is switched off has marks around its text.
	return to - from === text.length ? { from: from + lead, to: to - trail } : { from, to };
}

export function stepTalk(
	annotation: Annotation,
	doc: Y.Doc,
	cell: string,
	placed: PlacedStep
): StepTalk {
	const here = written(placed);
	const about = annotation.threadsOn(cell).filter(({ id, anchor }) => {
		const range = anchor.kind === 'step' ? annotation.rangeOf(id) : null;
		return range !== null && range.from < here.to && here.from < range.to;
	});
	const open = about.filter(({ resolved }) => !resolved);
	const words = (): string =>
		placed.step.kind === 'code'
			? placed.text.trim()
			: describeStep(placed.step, getLocale())
					.map(({ text }) => text)
					.join('');
	return {
		count: open.length,
		current: about.some(({ id }) => id === annotation.current),
		begin: () => beginOn(annotation, doc, { cell, ...here, words: words(), kind: 'step' }),
		open: () => {
			const [first] = open;
			if (first) annotation.open(first.id);
		}
	};
}
