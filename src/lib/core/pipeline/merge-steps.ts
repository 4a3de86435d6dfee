/** Two people's changes to one transformation, put together step by step. */
import { countsHold, mergeItems } from '../notebook/merge-items.ts';
import { stepText } from './compare-steps.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { looksAround } from './step-parts.ts';
import type { Pipeline, PlacedStep, Step } from './step.ts';

interface ReadSource {
	readonly source: string;
	readonly pipeline: Pipeline;
	readonly prefix: string;
	readonly head: string;
	readonly steps: readonly { readonly text: string; readonly lead: string }[];
	readonly suffix: string;
}

/** Null where something else than blanks stands between steps: comments would be lost with one of them. */
function read(source: string): ReadSource | null {
	const pipeline = parsePipeline(source);
	if (!pipeline) return null;
	const steps: { text: string; lead: string }[] = [];
	let at = pipeline.headTo;
	for (const { from, to } of pipeline.steps) {
		const lead = source.slice(at, from);
		if (lead.trim() !== '') return null;
		steps.push({ text: source.slice(from, to), lead });
		at = to;
	}
	return {
		source,
		pipeline,
		prefix: source.slice(0, pipeline.headFrom),
		head: source.slice(pipeline.headFrom, pipeline.headTo),
		steps,
		suffix: source.slice(at)
	};
}

/** What one side alone changed; null where both did, each otherwise. */
function oneOf(base: string, ours: string, theirs: string): string | null {
	if (ours === theirs || base === theirs) return ours;
	return base === ours ? theirs : null;
}

/**
 * Null where one of the three is no list of steps, or where both changed one step, or put steps in one place whose
 * order matters. Two filters in one place are both kept: no order of them gives other rows.
 */
export function mergeSteps(base: string, ours: string, theirs: string): string | null {
	const [b, o, t] = [read(base), read(ours), read(theirs)];
	if (!b || !o || !t) return null;
	const prefix = oneOf(b.prefix, o.prefix, t.prefix);
	const head = oneOf(b.head, o.head, t.head);
	const suffix = oneOf(b.suffix, o.suffix, t.suffix);
	if (prefix === null || head === null || suffix === null) return null;
	const leads = new Map<string, string>();
	const known = new Map<string, PlacedStep>();
	for (const { steps, pipeline } of [b, t, o])
		steps.forEach(({ text, lead }, i) => {
			const placed = pipeline.steps[i];
			leads.set(text, lead);
			if (placed) known.set(text, placed);
		});
	const kept: string[] = [];
	const texts = ({ steps }: ReadSource): string[] => steps.map(({ text }) => text);
	const stepOf = (text: string): Step | null => known.get(text)?.step ?? null;
	for (const piece of mergeItems(texts(b), texts(o), texts(t), {
		neighbours: true,
		both: (mine, yours) =>
			mine.every((one) => yours.every((other) => commute(stepOf(one), stepOf(other))))
				? (mine[0] ?? '') < (yours[0] ?? '')
					? [...mine, ...yours]
					: [...yours, ...mine]
				: null,
		counted: () => true
	})) {
		if (piece.kind === 'conflict') return null;
		kept.push(...piece.items);
	}
	const merged =
		prefix + head + kept.map((text) => (leads.get(text) ?? '\n  ') + text).join('') + suffix;
	return parsePipeline(merged)?.steps.length === kept.length ? merged : null;
}

/**
 * Whether a text put together line by line holds each step as often as each side's change says; so it is where one of
 * the texts is no list of steps.
 */
export function holdsSteps(base: string, ours: string, theirs: string, merged: string): boolean {
	const [b, o, t, m] = [base, ours, theirs, merged].map((source) =>
		parsePipeline(source)?.steps.map(stepText)
	);
	return !b || !o || !t || (m !== undefined && countsHold(b, o, t, m, () => true));
}

/** Whether two steps give the same table whichever comes first. */
function commute(a: Step | null, b: Step | null): boolean {
	if (a?.kind !== 'filter' && b?.kind !== 'filter') return false;
	return [a, b].every((step) => {
		if (step?.kind === 'filter') return !looksAround([{ name: '', value: step.where }]);
		return step?.kind === 'sort' && !looksAround(step.by.map(({ value }) => ({ name: '', value })));
	});
}
