/** What lies between two transformations, step by step, and in words: « a ajouté un filtre : *région* est Montréal ». */
import { longestRise } from '../notebook/longest-rise.ts';
import type { Lang } from '../notebook/notebook.ts';
import { describeExpression, describeStep } from './describe-step.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { printStep } from './print-step.ts';
import { choose, say, tableWords, textWords } from './say.ts';
import type { Pipeline, PlacedStep, StepKind } from './step.ts';
import type { Words } from './words.ts';

export type StepChange =
	/** `index` is a step's place, counted from 0: in the later source, or for what was removed in the earlier one. */
	| { readonly kind: 'added'; readonly index: number; readonly step: PlacedStep }
	| { readonly kind: 'removed'; readonly index: number; readonly step: PlacedStep }
	| {
			readonly kind: 'changed';
			readonly index: number;
			readonly from: PlacedStep;
			readonly to: PlacedStep;
	  }
	| { readonly kind: 'moved'; readonly index: number; readonly step: PlacedStep }
	/** Switched off, or on again. */
	| { readonly kind: 'switched'; readonly index: number; readonly step: PlacedStep }
	/** What the chain begins with. */
	| { readonly kind: 'start'; readonly from: Pipeline; readonly to: Pipeline }
	| { readonly kind: 'name'; readonly from: string | null; readonly to: string | null };

/** How a step reads, however it is laid out. */
export const stepText = ({ step, text }: PlacedStep): string =>
	step.kind === 'code' ? text.replace(/\s+/g, ' ').trim() : printStep(step);

/** Pairs of steps that read the same, in the order of the earlier; each step once. */
function twins(from: readonly PlacedStep[], to: readonly PlacedStep[]): Map<number, number> {
	const free = new Map<string, number[]>();
	to.forEach((step, i) => free.set(stepText(step), [...(free.get(stepText(step)) ?? []), i]));
	const pairs = new Map<number, number>();
	from.forEach((step, i) => {
		const at = free.get(stepText(step))?.shift();
		if (at !== undefined) pairs.set(i, at);
	});
	return pairs;
}

/**
 * Null where one of the sources is no list of steps; empty where only their layout or comments differ. In the order of
 * the later source. A step of one kind in the place of another of that kind is one that changed.
 */
export function compareSteps(from: string, to: string): StepChange[] | null {
	const [then, now] = [parsePipeline(from), parsePipeline(to)];
	return then && now ? comparePipelines(then, now) : null;
}

function comparePipelines(then: Pipeline, now: Pipeline): StepChange[] {
	const changes: StepChange[] = [];
	if (then.name !== now.name) changes.push({ kind: 'name', from: then.name, to: now.name });
	if (startText(then) !== startText(now)) changes.push({ kind: 'start', from: then, to: now });
	const pairs = twins(then.steps, now.steps);
	const entries = [...pairs];
	const still = new Set(longestRise(entries.map(([, at]) => at)).map((i) => entries[i]?.[0]));
	const whence = new Map(entries.map(([a, b]) => [b, a]));
	/** Steps of the earlier that nothing is the twin of, by the still one that they stand below. */
	const gone = new Map<number, number[]>();
	let above = -1;
	then.steps.forEach((_, i) => {
		if (still.has(i)) above = pairs.get(i) ?? -1;
		else if (!pairs.has(i)) gone.set(above, [...(gone.get(above) ?? []), i]);
	});
	let left = gone.get(-1) ?? [];
	const close = (): void => {
		for (const i of left) {
			const step = then.steps[i];
			if (step) changes.push({ kind: 'removed', index: i, step });
		}
		left = [];
	};
	now.steps.forEach((step, index) => {
		const i = whence.get(index);
		const was = i === undefined ? undefined : then.steps[i];
		if (i !== undefined && was) {
			if (still.has(i)) {
				close();
				left = [...(gone.get(index) ?? [])];
			} else changes.push({ kind: 'moved', index, step });
			if (was.off !== step.off) changes.push({ kind: 'switched', index, step });
			return;
		}
		const of = left.findIndex((one) => then.steps[one]?.step.kind === step.step.kind);
		const old = then.steps[left[of] ?? -1];
		if (!old) changes.push({ kind: 'added', index, step });
		else {
			left.splice(of, 1);
			changes.push({ kind: 'changed', index, from: old, to: step });
		}
	});
	close();
	return changes;
}

const startText = ({ headText }: Pipeline): string =>
	headText.replace(/\s+/g, ' ').replace(/^\(?(?:await )?|\)$/g, '');

/** A step as a thing: « un filtre », « le filtre ». */
const THINGS: Readonly<
	Record<StepKind, readonly [un: string, le: string, a: string, the: string]>
> = {
	filter: ['un filtre', 'le filtre', 'a filter', 'the filter'],
	derive: ['un calcul', 'le calcul', 'a computation', 'the computation'],
	window: ['un calcul', 'le calcul', 'a computation', 'the computation'],
	select: [
		'un choix de colonnes',
		'le choix de colonnes',
		'a choice of columns',
		'the choice of columns'
	],
	drop: [
		'un retrait de colonnes',
		'le retrait de colonnes',
		'a removal of columns',
		'the removal of columns'
	],
	rename: [
		'un changement de noms',
		'le changement de noms',
		'a change of names',
		'the change of names'
	],
	relocate: [
		'un déplacement de colonnes',
		'le déplacement de colonnes',
		'a move of columns',
		'the move of columns'
	],
	summarise: ['un regroupement', 'le regroupement', 'a grouping', 'the grouping'],
	group: ['un regroupement', 'le regroupement', 'a grouping', 'the grouping'],
	ungroup: ['une fin de groupes', 'la fin de groupes', 'an ungrouping', 'the ungrouping'],
	sort: ['un tri', 'le tri', 'a sort', 'the sort'],
	slice: ['un choix de lignes', 'le choix de lignes', 'a choice of rows', 'the choice of rows'],
	top: ['un palmarès', 'le palmarès', 'a ranking', 'the ranking'],
	join: ['une jointure', 'la jointure', 'a join', 'the join'],
	lookup: ['une recherche', 'la recherche', 'a lookup', 'the lookup'],
	stack: ['un empilement', 'l’empilement', 'a stack of tables', 'the stack of tables'],
	pivot: ['un tableau croisé', 'le tableau croisé', 'a pivot table', 'the pivot table'],
	unpivot: ['un dépivotage', 'le dépivotage', 'an unpivot', 'the unpivot'],
	dedupe: [
		'un retrait de doublons',
		'le retrait de doublons',
		'a removal of duplicates',
		'the removal of duplicates'
	],
	fill: ['un remplissage', 'le remplissage', 'a filling', 'the filling'],
	sample: ['un échantillon', 'l’échantillon', 'a sample', 'the sample'],
	code: ['une étape en code', 'l’étape en code', 'a step in code', 'the step in code']
};

/** What tells a step from another of its kind; null where there is nothing more to say. */
function detail({ step }: PlacedStep, lang: Lang): Words | null {
	if (step.kind === 'filter') return describeExpression(step.where, lang);
	if (step.kind === 'code' || step.kind === 'ungroup') return null;
	return describeStep(step, lang);
}

/** « le filtre : *région* est Montréal »; a step in code is named alone. */
function withDetail(thing: string, step: PlacedStep, lang: Lang): Words {
	const more = detail(step, lang);
	return more === null
		? textWords(thing)
		: say(choose(lang, '{0}\u00a0: {1}', '{0}: {1}'), textWords(thing), more);
}

/** What a person did, as a sentence without its subject: « a retiré le tri : trie par *prix* ». */
export function describeStepChange(change: StepChange, lang: Lang): Words {
	const pick = (fr: string, en: string, ...given: readonly Words[]): Words =>
		say(choose(lang, fr, en), ...given);
	if (change.kind === 'name') {
		const [from, to] = [change.from, change.to];
		if (to === null) return pick('a retiré le nom {0}', 'removed the name {0}', named(from));
		return from === null
			? pick('a donné le nom {0}', 'gave the name {0}', named(to))
			: pick('a renommé {0} en {1}', 'renamed {0} to {1}', named(from), named(to));
	}
	if (change.kind === 'start') {
		const [from, to] = [startOf(change.from), startOf(change.to)];
		return from && to
			? pick(
					'a changé le tableau de départ\u00a0: {0} → {1}',
					'changed the table it starts from: {0} → {1}',
					from,
					to
				)
			: pick('a changé le tableau de départ', 'changed the table it starts from');
	}
	const [un, le, a, the] = THINGS[(change.kind === 'changed' ? change.to : change.step).step.kind];
	const thing = choose(lang, le, the);
	switch (change.kind) {
		case 'added':
			return pick('a ajouté {0}', 'added {0}', withDetail(choose(lang, un, a), change.step, lang));
		case 'removed':
			return pick('a retiré {0}', 'removed {0}', withDetail(thing, change.step, lang));
		case 'moved':
			return pick('a déplacé {0}', 'moved {0}', withDetail(thing, change.step, lang));
		case 'switched':
			return change.step.off
				? pick('a désactivé {0}', 'switched off {0}', withDetail(thing, change.step, lang))
				: pick('a réactivé {0}', 'switched on {0}', withDetail(thing, change.step, lang));
		case 'changed': {
			const [from, to] = [detail(change.from, lang), detail(change.to, lang)];
			return from && to
				? pick(
						'a changé {0}\u00a0: {1} → {2}',
						'changed {0}: {1} → {2}',
						textWords(thing),
						from,
						to
					)
				: pick('a changé {0}', 'changed {0}', textWords(thing));
		}
	}
}

const named = (name: string | null): Words => tableWords(name ?? '');

function startOf({ head }: Pipeline): Words | null {
	if (head.kind === 'table') return tableWords(head.name);
	return head.kind === 'file' ? tableWords(head.file) : null;
}
