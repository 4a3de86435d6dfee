/** Why a step cannot run, or does not do what it seems to: in words, with what there is instead. */
import { nearest } from '../analysis/near.ts';
import type { Lang } from '../notebook/notebook.ts';
import type { ColumnType } from '../protocol/messages.ts';
import { columnsAfter, typeOf, type KnownColumn, type TableColumns } from './columns-after.ts';
import type { Expression } from './expression.ts';
import { FUNCTIONS, type ArgumentType } from './functions.ts';
import { namesIn, partsOf } from './make-expression.ts';
import { choose, columnWords, say, sayList, tableWords, textWords, valueWords } from './say.ts';
import { expressionsOf } from './step-parts.ts';
import type { MadeColumn, Step } from './step.ts';
import type { Words } from './words.ts';

export type StepProblemCode =
	| 'unknown_column'
	| 'unknown_table'
	| 'name_taken'
	| 'bad_name'
	| 'wrong_type'
	/** A column that stands in a summary without being summed up. */
	| 'not_summed'
	/** A frame of rows that is only a part of a formula: Arquero would take it for all of it. */
	| 'rolling_inside'
	/** Arquero 8 sorts by columns and by what is reckoned from them, and fails at a function. */
	| 'sorts_by_function'
	/** A summary or a place among rows, where each row is looked at alone. */
	| 'rows_alone';

export interface StepProblem {
	readonly code: StepProblemCode;
	/** The name that it is about, or ''. */
	readonly name: string;
	/** The known name nearest to it, or ''. */
	readonly nearest: string;
	readonly words: { readonly fr: Words; readonly en: Words };
}

const problem = (
	code: StepProblemCode,
	name: string,
	words: (lang: Lang) => Words,
	near = ''
): StepProblem => ({
	code,
	name,
	nearest: near,
	words: { fr: words('fr'), en: words('en') }
});

/** Problems of one step that are told: more says nothing more, and a page shows each. */
export const MOST_PROBLEMS = 50;
/** Comparisons of a missing name with one that is there, for one step. */
const NEAR_COMPARISONS = 10_000;

/** The nearest name, as long as looking for one is not too much. */
function nearNames(): (name: string, names: readonly string[]) => string {
	let left = NEAR_COMPARISONS;
	return (name, names) => ((left -= names.length) >= 0 ? nearest(name, names) : '');
}
type Near = ReturnType<typeof nearNames>;

function unknown(
	name: string,
	columns: readonly KnownColumn[],
	nearTo: Near,
	table = ''
): StepProblem {
	const names = columns.map((column) => column.name);
	const near = nearTo(name, names);
	return problem(
		'unknown_column',
		name,
		(lang) => {
			const missing = table
				? say(
						choose(lang, 'La colonne {0} n’est pas dans {1}.', 'There is no column {0} in {1}.'),
						columnWords(name),
						tableWords(table)
					)
				: say(
						choose(lang, 'La colonne {0} n’existe pas ici.', 'There is no column {0} here.'),
						columnWords(name)
					);
			const meant = near
				? say(choose(lang, ' Vouliez-vous dire {0}?', ' Did you mean {0}?'), columnWords(near))
				: textWords('');
			return say(
				names.length
					? choose(lang, '{0}{1} Il y a\u00a0: {2}.', '{0}{1} There are: {2}.')
					: '{0}{1}',
				missing,
				meant,
				sayList(names.map(columnWords), lang)
			);
		},
		near
	);
}

const TYPE_WORDS: Readonly<Record<string, readonly [fr: string, en: string]>> = {
	text: ['du texte', 'text'],
	number: ['des nombres', 'numbers'],
	integer: ['des nombres', 'numbers'],
	date: ['des dates', 'dates'],
	datetime: ['des dates', 'dates'],
	boolean: ['des vrai ou faux', 'true or false']
};
const typeWords = (type: string, lang: Lang): Words => {
	const [fr, en] = TYPE_WORDS[type] ?? ['des valeurs', 'values'];
	return textWords(choose(lang, fr, en));
};

/** Whether values of a type can stand where another is asked for; what is not known can. */
function fits(type: ColumnType, asked: ArgumentType): boolean {
	if (type === 'other') return true;
	switch (asked) {
		case 'number':
			return type === 'number' || type === 'integer' || type === 'boolean';
		case 'date':
			return type === 'date' || type === 'datetime';
		default:
			// Anything is written as a text.
			return true;
	}
}

const kindOf = (type: ColumnType): string =>
	type === 'integer' ? 'number' : type === 'datetime' ? 'date' : type;

function* typeProblems(
	expression: Expression,
	columns: readonly KnownColumn[]
): Generator<StepProblem> {
	for (const part of partsOf(expression)) yield* typeProblems(part, columns);
	if (expression.kind === 'call') {
		const entry = FUNCTIONS.get(expression.fn);
		for (const [i, arg] of expression.args.entries()) {
			const asked = entry?.args[i]?.type ?? entry?.rest ?? 'any';
			if (!entry || arg.kind !== 'column') continue;
			const type = typeOf(arg, columns);
			if (fits(type, asked)) continue;
			yield problem('wrong_type', arg.name, (lang) =>
				say(
					choose(
						lang,
						'«\u00a0{0}\u00a0» demande {1}, et {2} a {3}.',
						'“{0}” needs {1}, and {2} has {3}.'
					),
					textWords(entry.label[lang]),
					typeWords(asked, lang),
					columnWords(arg.name),
					typeWords(type, lang)
				)
			);
		}
	}
	if (expression.kind !== 'binary') return;
	const { operator, left, right } = expression;
	if (!/^(?:[=!]==?|[<>]=?|[-*/%])$/.test(operator)) return;
	const [a, b] = [typeOf(left, columns), typeOf(right, columns)];
	if (/^[-*/%]$/.test(operator)) {
		for (const [side, type] of [
			[left, a],
			[right, b]
		] as const)
			if (side.kind === 'column' && type === 'text')
				yield problem('wrong_type', side.name, (lang) =>
					say(
						choose(
							lang,
							'On ne calcule pas avec {0}, qui a {1}.',
							'There is no reckoning with {0}, which has {1}.'
						),
						columnWords(side.name),
						typeWords(type, lang)
					)
				);
		return;
	}
	if (a === 'other' || b === 'other' || kindOf(a) === kindOf(b)) return;
	const [subject, type, against] =
		left.kind === 'column' ? [left, a, b] : right.kind === 'column' ? [right, b, a] : [null, a, b];
	if (subject)
		yield problem('wrong_type', subject.name, (lang) =>
			say(
				choose(lang, '{0} a {1}, et est comparé à {2}.', '{0} has {1}, and is compared with {2}.'),
				columnWords(subject.name),
				typeWords(type, lang),
				typeWords(against, lang)
			)
		);
}

/** A column outside of every aggregate. */
function outside(expression: Expression): string | null {
	if (expression.kind === 'column') return expression.name;
	if (expression.kind === 'call' && FUNCTIONS.get(expression.fn)?.kind === 'aggregate') return null;
	for (const part of partsOf(expression)) {
		const found = outside(part);
		if (found !== null) return found;
	}
	return null;
}

/** A function of the rows around that is of one of these kinds. */
function kindIn(expression: Expression, kinds: readonly string[]): string | null {
	if (expression.kind === 'call') {
		const entry = FUNCTIONS.get(expression.fn);
		if (entry && kinds.includes(entry.kind)) return entry.name;
	}
	for (const part of partsOf(expression)) {
		const found = kindIn(part, kinds);
		if (found !== null) return found;
	}
	return null;
}

const hasRolling = (expression: Expression): boolean =>
	expression.kind === 'rolling' || partsOf(expression).some(hasRolling);

function* formProblems(step: Step): Generator<StepProblem> {
	const summed = step.kind === 'summarise' || step.kind === 'pivot' ? step.values : [];
	for (const { value } of summed) {
		const name = outside(value);
		if (name !== null)
			yield problem('not_summed', name, (lang) =>
				say(
					choose(
						lang,
						'{0} a plusieurs valeurs dans chaque groupe\u00a0: choisissez comment les résumer (somme, moyenne, nombre…).',
						'{0} has several values in each group: choose how to sum them up (sum, mean, count…).'
					),
					columnWords(name)
				)
			);
	}
	const windows = step.kind === 'window' || step.kind === 'derive' ? step.columns : [];
	for (const { name, value } of windows)
		if (partsOf(value).some(hasRolling) || (value.kind === 'rolling' && hasRolling(value.of)))
			yield problem('rolling_inside', name, (lang) =>
				say(
					choose(
						lang,
						'Un calcul sur des lignes voisines ne se mêle pas à un autre\u00a0: faites-en d’abord une colonne, puis servez-vous d’elle pour {0}.',
						'A computation over nearby rows does not mix with another: make it a column first, then use it for {0}.'
					),
					columnWords(name)
				)
			);
	const order =
		step.kind === 'sort' || step.kind === 'top'
			? step.by
			: step.kind === 'window'
				? step.order
				: [];
	for (const { value } of order) {
		const fn = kindIn(value, ['plain']);
		if (fn !== null)
			yield problem('sorts_by_function', fn, (lang) =>
				say(
					choose(
						lang,
						'On ne trie pas par «\u00a0{0}\u00a0»\u00a0: calculez-le d’abord dans une colonne, puis triez par elle.',
						'There is no sorting by “{0}”: compute it as a column first, then sort by that.'
					),
					textWords(FUNCTIONS.get(fn)?.label[lang] ?? fn)
				)
			);
	}
	if (step.kind === 'filter' || windows.length) return;
	for (const expression of expressionsOf(step)) {
		const fn = hasRolling(expression) ? 'rolling' : kindIn(expression, ['window']);
		if (fn !== null)
			yield problem('rows_alone', fn, (lang) =>
				say(
					choose(
						lang,
						'«\u00a0{0}\u00a0» dépend des autres lignes\u00a0: calculez-le d’abord dans une colonne.',
						'“{0}” depends on other rows: compute it as a column first.'
					),
					textWords(
						FUNCTIONS.get(fn)?.label[lang] ??
							choose(lang, 'Un calcul sur des lignes voisines', 'A computation over nearby rows')
					)
				)
			);
	}
}

/** Names that a step makes, which must each be free. */
function madeNames(step: Step, columns: readonly KnownColumn[]): readonly string[] {
	const names = (of: readonly MadeColumn[]): string[] => of.map(({ name }) => name);
	switch (step.kind) {
		case 'derive':
		case 'window':
			return names(step.columns);
		case 'summarise':
			return [...names(step.by), ...names(step.values)];
		case 'group':
			return names(step.by);
		case 'rename': {
			const gone = new Set(step.names.map(({ from }) => from));
			const kept = columns.filter(({ name }) => !gone.has(name));
			return [...step.names.map(({ to }) => to), ...kept.map(({ name }) => name)];
		}
		case 'unpivot': {
			const gone = new Set(step.columns);
			const kept = columns.filter(({ name }) => !gone.has(name));
			return [step.names, step.values, ...kept.map(({ name }) => name)];
		}
		case 'select':
			return step.columns;
		default:
			return [];
	}
}

function* nameProblems(step: Step, columns: readonly KnownColumn[]): Generator<StepProblem> {
	const seen = new Set<string>();
	for (const name of madeNames(step, columns)) {
		if (name.trim() === '' || name === '__proto__')
			yield problem('bad_name', name, (lang) =>
				say(
					name.trim() === ''
						? choose(lang, 'Donnez un nom à la colonne.', 'Give the column a name.')
						: choose(lang, 'Aucune colonne ne peut s’appeler {0}.', 'No column can be named {0}.'),
					valueWords(name)
				)
			);
		if (seen.has(name))
			yield problem('name_taken', name, (lang) =>
				say(
					choose(
						lang,
						'Deux colonnes s’appelleraient {0}\u00a0: donnez un autre nom à l’une d’elles.',
						'Two columns would be named {0}: give one of them another name.'
					),
					columnWords(name)
				)
			);
		seen.add(name);
	}
}

/** Columns that a step names outside of its expressions. */
function namedColumns(step: Step): readonly string[] {
	switch (step.kind) {
		case 'select':
		case 'drop':
		case 'unpivot':
		case 'dedupe':
			return step.columns;
		case 'fill':
			return step.columns.map(({ name }) => name);
		case 'rename':
			return step.names.map(({ from }) => from);
		case 'relocate':
			return [...step.columns, 'before' in step.place ? step.place.before : step.place.after];
		case 'join':
		case 'lookup':
			return step.on.map(({ left }) => left);
		default:
			return [];
	}
}

function* tableProblems(
	step: Step,
	tables: TableColumns | null,
	nearTo: Near
): Generator<StepProblem> {
	if (!tables || (step.kind !== 'join' && step.kind !== 'lookup' && step.kind !== 'stack')) return;
	const names = step.kind === 'stack' ? step.tables : [step.table];
	for (const name of names) {
		const columns = tables(name);
		if (!columns) {
			yield problem('unknown_table', name, (lang) =>
				say(
					choose(
						lang,
						'Le tableau {0} n’est pas dans ce carnet. Choisissez-en un autre.',
						'There is no table {0} in this notebook. Choose another.'
					),
					tableWords(name)
				)
			);
		} else if (step.kind !== 'stack') {
			const asked = [
				...step.on.map(({ right }) => right),
				...(step.kind === 'lookup' ? step.columns : [])
			];
			const known = new Set(columns.map((column) => column.name));
			for (const column of new Set(asked))
				if (!known.has(column)) yield unknown(column, columns, nearTo, name);
		}
	}
}

function* allProblems(
	step: Step,
	columns: readonly KnownColumn[],
	tables: TableColumns | null,
	nearTo: Near
): Generator<StepProblem> {
	const expressions = expressionsOf(step);
	const asked = [
		...namedColumns(step),
		...expressions.flatMap((expression) => [...namesIn(expression).columns])
	];
	const known = new Set(columns.map(({ name }) => name));
	for (const name of new Set(asked)) if (!known.has(name)) yield unknown(name, columns, nearTo);
	for (const expression of expressions) yield* typeProblems(expression, columns);
	yield* formProblems(step);
	yield* nameProblems(step, columns);
	yield* tableProblems(step, tables, nearTo);
}

/**
 * What keeps a step from running over these columns, `MOST_PROBLEMS` at most; none for code, of which nothing is known.
 * @param tables columns of the notebook's tables; left out, tables are not looked at
 */
export function stepProblems(
	step: Step,
	columns: readonly KnownColumn[],
	tables: TableColumns | null = null
): StepProblem[] {
	if (step.kind === 'code') return [];
	const found: StepProblem[] = [];
	for (const one of allProblems(step, columns, tables, nearNames())) {
		found.push(one);
		if (found.length === MOST_PROBLEMS) break;
	}
	return found;
}

/**
 * Whether a step has fewer than so many problems. Names that are near are not looked for: it is asked for each problem.
 * @param limit at most `MOST_PROBLEMS`
 */
export function hasFewerProblems(
	step: Step,
	columns: readonly KnownColumn[],
	tables: TableColumns | null,
	limit: number
): boolean {
	if (step.kind === 'code') return limit > 0;
	let count = 0;
	for (const _ of allProblems(step, columns, tables, () => '')) if (++count >= limit) return false;
	return true;
}

export { columnsAfter };
