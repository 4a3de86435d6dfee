/**
 * What a person may want to do with a column, or with a table beside others: from its type and profile alone, here, and
 * nothing is sent anywhere. Each suggestion is words and the steps that do it.
 */
import { foldedText } from '../folded-text.ts';
import { isName } from '../naming-column.ts';
import type { Lang } from '../notebook/notebook.ts';
import type { ColumnSummary } from '../protocol/messages.ts';
import type { KnownColumn } from './columns-after.ts';
import type { Expression } from './expression.ts';
import { call, column, literal, not } from './make-expression.ts';
import { choose, columnWords, numberText, say, tableWords, valueWords } from './say.ts';
import type { MadeColumn, Step } from './step.ts';
import type { Words } from './words.ts';

export interface Suggestion {
	/** Tells suggestions of one list apart. */
	readonly id: string;
	readonly words: { readonly fr: Words; readonly en: Words };
	readonly steps: readonly Step[];
}

/** Another table of the notebook. */
export interface OtherTable {
	readonly name: string;
	readonly columns: readonly KnownColumn[];
}

const suggestion = (
	id: string,
	fr: string,
	en: string,
	given: readonly Words[] | ((lang: Lang) => readonly Words[]),
	...steps: readonly Step[]
): Suggestion => {
	const words = (lang: Lang): Words =>
		say(choose(lang, fr, en), ...(typeof given === 'function' ? given(lang) : given));
	return { id, words: { fr: words('fr'), en: words('en') }, steps };
};

/** More groups than that are no summary. */
const FEW = 50;
/** Bins of a number, about. */
const BINS = 12;

const isNumber = ({ type }: { type: ColumnSummary['type'] }): boolean =>
	type === 'number' || type === 'integer';
export const isDate = ({ type }: { type: ColumnSummary['type'] }): boolean =>
	type === 'date' || type === 'datetime';
/** Whether a column can be added up: a number that names neither a row nor a year. */
export const isMeasure = (one: { name: string; type: ColumnSummary['type'] }): boolean =>
	isNumber(one) && !isName(one.name);

/** A name that no column has. */
export function freeColumn(wanted: string, columns: readonly KnownColumn[]): string {
	for (let n = 1; ; n++) {
		const name = n === 1 ? wanted : `${wanted} ${n}`;
		if (!columns.some((one) => one.name === name)) return name;
	}
}

const grouped = (by: MadeColumn, values: readonly MadeColumn[]): Step => ({
	kind: 'summarise',
	by: [by],
	values
});
const sortBy = (name: string, descending: boolean): Step => ({
	kind: 'sort',
	by: [{ value: column(name), descending }]
});

/** A step of 1, 2 or 5 times a power of ten that makes some twelve bins. */
export function binStep(min: number, max: number): number {
	const rough = (max - min) / BINS;
	if (!(rough > 0) || !Number.isFinite(rough)) return 1;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
	return Number((step * power).toPrecision(3));
}

/** Of a column: what is common to do with what it holds. @param lang of the names that columns are given */
export function suggestForColumn(
	one: ColumnSummary,
	{ rows, columns, lang }: { rows: number; columns: readonly KnownColumn[]; lang: Lang }
): Suggestion[] {
	const found: Suggestion[] = [];
	const name = columnWords(one.name);
	const measure = columns.find((other) => other.name !== one.name && isMeasure(other));
	const named = (fr: string, en: string): string => freeColumn(choose(lang, fr, en), columns);
	const counted: MadeColumn = { name: choose(lang, 'nombre', 'count'), value: call('count') };
	const by = (fr: string, en: string, value: Expression): MadeColumn => ({
		name: named(fr, en),
		value
	});
	const total = (of: string): MadeColumn => ({
		name: named(`total ${of}`, `total ${of}`),
		value: call('sum', column(of))
	});
	if (isDate(one)) {
		const month = by('mois', 'month', call('month_start', column(one.name)));
		const season = by('saison', 'season', call('arts_season', column(one.name)));
		found.push(
			suggestion(
				'by_month',
				'Compter par mois de {0}',
				'Count by month of {0}',
				[name],
				grouped(month, [counted]),
				sortBy(month.name, false)
			),
			suggestion(
				'by_season',
				'Compter par saison (juillet à juin) de {0}',
				'Count by season (July to June) of {0}',
				[name],
				grouped(season, [counted]),
				sortBy(season.name, false)
			)
		);
		if (measure)
			found.push(
				suggestion(
					'total_by_month',
					'Additionner {1} par mois de {0}',
					'Add up {1} by month of {0}',
					[name, columnWords(measure.name)],
					grouped(month, [total(measure.name)]),
					sortBy(month.name, false)
				)
			);
	}
	const few =
		one.distinct !== null &&
		one.distinct > 1 &&
		one.distinct <= FEW &&
		// What is missing is a group too; as many groups as rows say nothing new.
		(rows <= 2 || one.distinct + (one.missing > 0 ? 1 : 0) < rows);
	const category =
		(one.type === 'text' && few) || one.type === 'boolean' || one.valueType === 'region';
	if (category) {
		const own = { name: one.name, value: column(one.name) };
		found.push(
			one.valueType === 'region'
				? suggestion(
						'by_region',
						'Compter par région\u00a0: {0}',
						'Count by region: {0}',
						[name],
						grouped(own, [counted]),
						sortBy(counted.name, true)
					)
				: suggestion(
						'count_by',
						'Compter les lignes par {0}',
						'Count the rows by {0}',
						[name],
						grouped(own, [counted]),
						sortBy(counted.name, true)
					)
		);
		if (measure) {
			const sum = total(measure.name);
			found.push(
				suggestion(
					'total_by',
					'Additionner {1} par {0}',
					'Add up {1} by {0}',
					[name, columnWords(measure.name)],
					grouped(own, [sum]),
					sortBy(sum.name, true)
				)
			);
		}
		const [top] = one.top;
		if (one.type === 'text' && top !== undefined)
			found.push(
				suggestion(
					'only_top',
					'Garder seulement {0} = {1}',
					'Keep only {0} = {1}',
					[name, valueWords(top)],
					{
						kind: 'filter',
						where: { kind: 'binary', operator: '===', left: column(one.name), right: literal(top) }
					}
				)
			);
	}
	if (isMeasure(one)) {
		if (one.min !== null && one.max !== null && one.max > one.min) {
			const step = binStep(one.min, one.max);
			const bin = by('tranche', 'bin', call('bin_step', column(one.name), literal(step)));
			found.push(
				suggestion(
					'histogram',
					'Compter par tranches de {1} de {0}',
					'Count in bins of {1} of {0}',
					(words) => [name, valueWords(numberText(step, words))],
					grouped(bin, [counted]),
					sortBy(bin.name, false)
				)
			);
		}
		const category = columns.find((other) => other.type === 'text' && !isName(other.name));
		if (category) {
			const sum = total(one.name);
			found.push(
				suggestion(
					'sum_by',
					'Additionner {0} par {1}',
					'Add up {0} by {1}',
					[name, columnWords(category.name)],
					grouped({ name: category.name, value: column(category.name) }, [sum]),
					sortBy(sum.name, true)
				)
			);
		}
	}
	if (one.missing > 0 && one.missing < rows) {
		const missing = (words: Lang): readonly Words[] => [
			name,
			valueWords(numberText(one.missing, words))
		];
		found.push(
			suggestion(
				'drop_missing',
				'Garder les lignes où {0} est présent ({1} sans)',
				'Keep the rows where {0} is present ({1} without)',
				missing,
				{
					kind: 'filter',
					where: not(call('missing', column(one.name)))
				}
			),
			suggestion(
				'flag_missing',
				'Signaler dans une colonne où {0} manque',
				'Flag in a column where {0} is missing',
				[name],
				{
					kind: 'derive',
					columns: [
						by(`${one.name} manquant`, `${one.name} missing`, call('missing', column(one.name)))
					]
				}
			)
		);
		if (isMeasure(one))
			found.push(
				suggestion(
					'fill_median',
					'Remplir {0} avec sa médiane',
					'Fill {0} with its median',
					[name],
					{
						kind: 'fill',
						columns: [{ name: one.name, value: call('median', column(one.name)) }]
					}
				)
			);
		else if (one.type === 'text')
			found.push(
				suggestion(
					'fill_text',
					'Remplir {0} avec «\u00a0(non précisé)\u00a0»',
					'Fill {0} with “(not given)”',
					[name],
					{
						kind: 'fill',
						columns: [
							{ name: one.name, value: literal(choose(lang, '(non précisé)', '(not given)')) }
						]
					}
				)
			);
	}
	return found;
}

/**
 * Of a table: duplicates, and tables that it shares a column with.
 * @param duplicates rows that are there already; null where they have not been counted
 */
export function suggestForTable(
	columns: readonly KnownColumn[],
	duplicates: number | null,
	tables: readonly OtherTable[]
): Suggestion[] {
	const found: Suggestion[] = [];
	if (duplicates !== null && duplicates > 0)
		found.push(
			suggestion(
				'dedupe',
				'Retirer les lignes en double ({0})',
				'Remove duplicate rows ({0})',
				(lang) => [valueWords(numberText(duplicates, lang))],
				{ kind: 'dedupe', columns: [] }
			)
		);
	for (const table of tables) {
		const shared = sharedColumn(columns, table.columns);
		if (shared)
			found.push(
				suggestion(
					`join:${table.name}`,
					'Ajouter les colonnes de {0}, selon {1}',
					'Add the columns of {0}, by {1}',
					[tableWords(table.name), columnWords(shared.left)],
					{
						kind: 'join',
						join: 'left',
						table: table.name,
						on: [{ ...shared, folded: false }]
					}
				)
			);
		const theirs = new Set(table.columns.map(({ name }) => name));
		const same =
			columns.length === table.columns.length && columns.every(({ name }) => theirs.has(name));
		if (same)
			found.push(
				suggestion(
					`stack:${table.name}`,
					'Ajouter en dessous les lignes de {0}',
					'Add the rows of {0} below',
					[tableWords(table.name)],
					{ kind: 'stack', tables: [table.name], distinct: false }
				)
			);
	}
	return found;
}

/** The column that two tables are best matched by: named alike, of one type, and no measure. */
export function sharedColumn(
	ours: readonly KnownColumn[],
	theirs: readonly KnownColumn[]
): { left: string; right: string } | null {
	const alike = new Map<string, KnownColumn[]>();
	for (const right of theirs) {
		const folded = foldedText(right.name);
		const there = alike.get(folded);
		if (there) there.push(right);
		else alike.set(folded, [right]);
	}
	let best: { left: string; right: string } | null = null;
	let most = 0;
	for (const left of ours) {
		const folded = foldedText(left.name);
		for (const right of alike.get(folded) ?? []) {
			// Of a table whose columns are known by name alone, any type may be the right one.
			if (left.type !== right.type && right.type !== 'other') continue;
			if (isMeasure(left) && left.type === 'number') continue;
			const named = isName(left.name) ? 3 : left.type === 'text' ? 2 : 1;
			const score = named + (left.name === right.name ? 0.5 : 0);
			if (score <= most) continue;
			best = { left: left.name, right: right.name };
			most = score;
		}
	}
	return best;
}
