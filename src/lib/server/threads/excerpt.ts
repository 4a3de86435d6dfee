/**
 * How what a thread is about read when it was opened. What stands in the notebook's text is read there; what only a
 * browser has computed (a point, a row, a result) is the word of who opens the thread, and is said to be.
 */
import type * as Y from 'yjs';
import { readCell } from '../../collab/document.ts';
import { standingOfRange } from '../../collab/range-anchor.ts';
import type { Anchor } from '../../core/annotation/anchor.ts';
import { THREAD_LIMITS } from '../../core/annotation/thread.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { describeStep } from '../../core/pipeline/describe-step.ts';
import { parsePipeline } from '../../core/pipeline/parse-pipeline.ts';

export interface Excerpt {
	readonly excerpt: string;
	/** It was read in the notebook. */
	readonly checked: boolean;
}

/** Characters: of a longer cell a step is quoted rather than said in words. */
const LONGEST = 20_000;

/**
 * @param anchor as it stands in `doc`
 * @param sent by who opens the thread
 * @param lang of the words of a step
 */
export function excerptOf(doc: Y.Doc, anchor: Anchor, sent: string, lang: Lang): Excerpt {
	switch (anchor.kind) {
		case 'text':
			return { excerpt: cut(anchor.quote), checked: true };
		case 'step':
			return { excerpt: cut(stepWords(doc, anchor, lang) ?? anchor.quote), checked: true };
		case 'cell': {
			// Words that were chosen in it, where they are in it.
			const source = readCell(doc, anchor.cell)?.source ?? '';
			const chosen = cut(sent);
			const there = chosen !== '' && plain(source).includes(plain(chosen));
			return { excerpt: there ? chosen : cut(source), checked: true };
		}
		case 'mark':
		case 'row':
		case 'value':
		case 'outcome':
			return { excerpt: cut(sent), checked: false };
	}
}

function stepWords(
	doc: Y.Doc,
	anchor: Extract<Anchor, { kind: 'step' }>,
	lang: Lang
): string | null {
	const source = readCell(doc, anchor.cell)?.source ?? '';
	if (source.length > LONGEST) return null;
	const { from, to } = standingOfRange(doc, anchor);
	const steps = parsePipeline(source)?.steps ?? [];
	const at = steps.find((step) => step.from <= from && to <= step.to);
	if (!at || at.step.kind === 'code') return null;
	return describeStep(at.step, lang)
		.map(({ text }) => text)
		.join('');
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Never half of a character. */
const cut = (text: string): string =>
	[...text.trim().slice(0, 2 * THREAD_LIMITS.excerpt)].slice(0, THREAD_LIMITS.excerpt).join('');
