/** What reading and writing formulas needs to know of a function: its names in each language, and what it takes. */
import type { Lang } from '../../notebook/notebook.ts';
import type { ArgumentType } from '../functions.ts';

/** What a value is, as far as a formula can tell; `any`: not known before it is computed. */
export type FormulaType = 'number' | 'text' | 'boolean' | 'date' | 'any';

export interface FormulaFunction {
	/** As `Expression`'s calls name it. */
	readonly fn: string;
	/** What it is called in a formula; the first is the one that is printed. Any language's names are read. */
	readonly names: Readonly<Record<Lang, readonly string[]>>;
	/** The fewest and the most arguments; null: no limit. */
	readonly least: number;
	readonly most: number | null;
	readonly gives: FormulaType;
	/** What its arguments are; the last goes on. */
	readonly takes: readonly ArgumentType[];
	/** What the last argument is where it is left out; `mark`: the decimal mark of the language. */
	readonly filled: 'lang' | 'mark' | number | null;
}

export interface FormulaColumn {
	readonly name: string;
	readonly type: FormulaType;
}

/** What a formula may name. */
export interface FormulaContext {
	readonly columns: readonly FormulaColumn[];
	/** Names of the notebook that may be handed in, and what they hold. */
	readonly params: readonly FormulaColumn[];
	readonly functions: readonly FormulaFunction[];
}
