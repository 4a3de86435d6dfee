/** What the form of a step is given, and what it answers. */
import type { NewStep } from '$lib/core/pipeline/edit-pipeline';
import type { CellKind } from '$lib/core/notebook/kind';
import type { JoinMatches } from '$lib/core/protocol/preview';
import type { MatchedColumns, Step } from '$lib/core/pipeline/step';
import type { FormulaColumn, FormulaType } from '$lib/core/pipeline/formula/formula-function';
import type { Expression } from '$lib/core/pipeline/expression';
import type {
	CellFacts,
	ColumnInfo,
	ControlDescription,
	Output,
	Scalar
} from '$lib/core/protocol/messages';
import type { TableExplorer } from '$lib/core/protocol/table-query';

/** The table that a step starts from, as far as it is known. */
export interface FormTable {
	readonly columns: readonly ColumnInfo[];
	/** Null while the worker has not said it. */
	readonly rows: number | null;
	/** Asks the worker for values and portraits of its columns. */
	readonly explorer: TableExplorer | null;
	/** How well it matches another table of the notebook. */
	readonly match?: (other: string, on: readonly MatchedColumns[]) => Promise<JoinMatches>;
	/** What an expression gives for its first rows. */
	readonly first?: (expression: Expression) => Promise<readonly Scalar[]>;
	/** Names of the notebook that a formula may take: its controls. */
	readonly params?: readonly FormulaColumn[];
}

/** Another table of the notebook, that a step may bring in. */
export interface OtherTable {
	readonly name: string;
	readonly columns: readonly string[];
}

export interface FormProps extends Record<string, unknown> {
	table: FormTable;
	others: readonly OtherTable[];
	/** What is changed; null for a new step. */
	step: Step | null;
	/** Told the step as it stands in the form; null while something is missing. */
	onchange: (step: NewStep | null) => void;
	/** Puts a step before this one. */
	prepare?: (step: Step) => void;
	/** Has a control set a constant of the step; left out where that cannot be. */
	adjust?: (step: Step) => void;
	/** Which of several things one form makes. */
	what?: string;
	/** The column that a person pointed at. */
	column?: string;
}

/** Options of a list of columns; `first` stands before them, with an empty value. */
export const columnOptions = (
	columns: readonly { readonly name: string }[],
	first?: string
): { value: string; label: string }[] => [
	...(first === undefined ? [] : [{ value: '', label: first }]),
	...columns.map(({ name }) => ({ value: name, label: name }))
];

export const isNumber = ({ type }: Pick<ColumnInfo, 'type'>): boolean =>
	type === 'number' || type === 'integer';
export const isDate = ({ type }: Pick<ColumnInfo, 'type'>): boolean =>
	type === 'date' || type === 'datetime';

/** Those of a kind; all of them where none is. */
export function those(
	columns: readonly ColumnInfo[],
	is: (column: ColumnInfo) => boolean
): readonly ColumnInfo[] {
	const found = columns.filter(is);
	return found.length ? found : columns;
}

/** `wanted`, or `wanted 2`, `wanted 3`… where a column has that name. */
export function freeColumn(wanted: string, columns: readonly { readonly name: string }[]): string {
	const taken = new Set(columns.map(({ name }) => name));
	for (let n = 1; ; n++) {
		const name = n === 1 ? wanted : `${wanted} ${n}`;
		if (!taken.has(name)) return name;
	}
}

/** Columns as a formula knows them. */
export const formulaColumns = (columns: readonly ColumnInfo[]): FormulaColumn[] =>
	columns.map((column) => ({
		name: column.name,
		type: isNumber(column)
			? 'number'
			: isDate(column)
				? 'date'
				: column.type === 'text' || column.type === 'boolean'
					? column.type
					: 'any'
	}));

interface Controls {
	readonly id: string;
	readonly kind: CellKind;
	readonly facts: CellFacts | null;
	readonly outputs: readonly Output[];
}

/** What is known of a control's value by its sort; a choice gives whatever its options are. */
const CONTROL_GIVES: Readonly<Partial<Record<ControlDescription['type'], FormulaType>>> = {
	range: 'number',
	number: 'number',
	toggle: 'boolean',
	text: 'text'
};

/** The controls of the notebook as a formula knows them; `cell` is the one that the formula stands in. */
export const formulaParams = (cell: string, cells: readonly Controls[]): FormulaColumn[] =>
	cells.flatMap(({ id, kind, facts, outputs }) => {
		if (id === cell || kind !== 'control') return [];
		const control = outputs.find((output) => output.kind === 'control');
		const type = CONTROL_GIVES[control?.description.type ?? 'button'] ?? 'any';
		return (facts?.defines ?? []).map((name) => ({ name, type }));
	});
