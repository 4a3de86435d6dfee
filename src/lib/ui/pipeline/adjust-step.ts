/** « Rendre réglable » as the panel does it: what is known of the columns of a filter, and the names that are free. */
import {
	ADJUSTABLE_ROLES,
	adjustable,
	makeAdjustable,
	type AdjustableColumn,
	type AdjustableNames,
	type AdjustableRole,
	type Adjusted
} from '$lib/core/control/make-adjustable';
import { namesIn } from '$lib/core/pipeline/make-expression';
import type { Pipeline, Step } from '$lib/core/pipeline/step';
import type { CellFacts, ColumnInfo } from '$lib/core/protocol/messages';
import type { ColumnValues, TableExplorer } from '$lib/core/protocol/table-query';
import { m } from '$lib/paraglide/messages';
import { elided } from '../elision';

/** Steps after which a column still holds values of the table that it came from, under the same name. */
const KEEPS: ReadonlySet<Step['kind']> = new Set([
	...(['filter', 'select', 'drop', 'relocate', 'group', 'ungroup', 'sort'] as const),
	...(['slice', 'top', 'dedupe', 'sample'] as const)
]);

/** The table of the notebook whose values a column before step `index` holds; null where a step may have made them. */
export const tableBehind = ({ head, steps }: Pipeline, index: number): string | null =>
	head.kind === 'table' &&
	steps.slice(0, index).every(({ off, step }) => off || KEEPS.has(step.kind))
		? head.name
		: null;

const unmeasured = (info: ColumnInfo, table: string | null): AdjustableColumn => ({
	name: info.name,
	type: info.type,
	min: null,
	max: null,
	table,
	values: []
});

/** Whether a control could be made of a constant of this step, over these columns. */
export const isAdjustable = (step: Step, columns: readonly ColumnInfo[]): boolean =>
	adjustable(step, (name) => {
		const info = columns.find((column) => column.name === name);
		return info ? unmeasured(info, null) : null;
	});

/** Values that a control may have written out: past that, they are taken from their table. */
const MAX_WRITTEN = 50;
/** What fewer rows have could say who it is (a name, a client's number): it is not copied out of its table. */
const COMMON = 5;

/** Whether a column has few values, each of many rows, so that they may be written in the notebook. */
const isCategory = ({ values, matching }: ColumnValues): boolean =>
	values.length >= matching &&
	values.length <= MAX_WRITTEN &&
	values.every(({ value, count }) => value === null || count >= COMMON);

/**
 * Those of the columns that a filter reads, with their limits and the values that a control may have written out: those
 * of a category, and where no table has them, those that are listed.
 */
async function known(
	step: Step,
	columns: readonly ColumnInfo[],
	explorer: TableExplorer | null,
	table: string | null
): Promise<readonly AdjustableColumn[]> {
	const read = step.kind === 'filter' ? namesIn(step.where).columns : new Set<string>();
	const found: AdjustableColumn[] = [];
	for (const info of columns) {
		if (!read.has(info.name)) continue;
		const plain = unmeasured(info, table);
		const profile = await explorer?.profile(info.name);
		const listed = info.type === 'text' ? await explorer?.values(info.name, '') : null;
		const written = listed && (table === null || isCategory(listed)) ? listed.values : [];
		found.push({
			...plain,
			min: profile?.spread?.min ?? null,
			max: profile?.spread?.max ?? null,
			values: written.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
		});
	}
	return found;
}

const WORDS: Record<
	AdjustableRole,
	{ name: () => string; label: (inputs: { column: string }) => string }
> = {
	minimum: { name: m.steps_adjust_minimum, label: m.steps_adjust_minimum_label },
	maximum: { name: m.steps_adjust_maximum, label: m.steps_adjust_maximum_label },
	number: { name: m.steps_adjust_number, label: m.steps_adjust_value_label },
	choice: { name: m.steps_adjust_choice, label: m.steps_adjust_value_label },
	choices: { name: m.steps_adjust_choices, label: m.steps_adjust_choices_label },
	period: { name: m.steps_adjust_period, label: m.steps_adjust_value_label },
	day: { name: m.steps_adjust_day, label: m.steps_adjust_value_label },
	text: { name: m.steps_adjust_text, label: m.steps_adjust_value_label }
};
const words = (): AdjustableNames['words'] =>
	Object.fromEntries(
		ADJUSTABLE_ROLES.map((role) => [
			role,
			{
				name: WORDS[role].name(),
				label: (column: string) => elided(WORDS[role].label({ column }), column)
			}
		])
	) as AdjustableNames['words'];

/** Names that some cell defines, or waits for. */
export const takenNames = (cells: readonly { readonly facts: CellFacts | null }[]): Set<string> =>
	new Set(cells.flatMap(({ facts }) => (facts ? [...facts.defines, ...facts.uses] : [])));

/** The control for a constant of a filter and the filter that reads it; null where there is none. */
export async function adjustedStep(
	step: Step,
	columns: readonly ColumnInfo[],
	explorer: TableExplorer | null,
	table: string | null,
	taken: ReadonlySet<string>
): Promise<Adjusted | null> {
	return adjustedOver(step, await known(step, columns, explorer, table), taken);
}

/** The same, over columns of which all is known. */
export const adjustedOver = (
	step: Step,
	of: readonly AdjustableColumn[],
	taken: ReadonlySet<string>
): Adjusted | null =>
	makeAdjustable(step, (name) => of.find((column) => column.name === name) ?? null, {
		taken,
		words: words()
	});
