/** What a control is, as plain data: a view of the source of its cell, `const minimum = view(Inputs.range(…))`. */

export const CONTROL_KINDS = [
	...(['range', 'number', 'select', 'multiselect', 'checkbox', 'search', 'text'] as const),
	...(['date', 'date-range', 'toggle', 'button'] as const)
];
export type ControlKind = (typeof CONTROL_KINDS)[number];

export type ControlConstant = string | number | boolean;

/** Where the choices of a select come from, or the rows of a search. */
export type ControlSource =
	| { readonly kind: 'column'; readonly table: string; readonly column: string }
	| { readonly kind: 'values'; readonly values: readonly ControlConstant[] }
	| { readonly kind: 'table'; readonly table: string }
	/** Written by hand: kept as it is. */
	| { readonly kind: 'code'; readonly text: string };

export interface ControlSpec {
	/** Null: the control is shown and no cell reads it. */
	readonly name: string | null;
	readonly kind: ControlKind;
	readonly label: string;
	readonly source: ControlSource | null;
	/** Numbers of a range or a number; days (`YYYY-MM-DD`) of dates. */
	readonly min: number | string | null;
	readonly max: number | string | null;
	readonly step: number | null;
	/** What it begins with: several of a multiple choice, two of a range of dates. */
	readonly value: ControlConstant | readonly (ControlConstant | null)[] | null;
}
