/** Which names a person may give to the columns of a table that is to be stored. */

/** Longest name, in characters. */
export const COLUMN_NAME_MAX = 300;

export type ColumnNameProblem = 'column_name_taken' | 'column_name_reserved' | 'column_name_long';

/** Why the name at `index` cannot stand among these, or null when it can; null in `names` is a column left out. */
export function columnNameProblem(
	names: readonly (string | null)[],
	index: number
): ColumnNameProblem | null {
	const name = names[index];
	if (name == null) return null;
	// The tables of notebooks are keyed by name in plain objects, where this one is not a key.
	if (name === '__proto__') return 'column_name_reserved';
	if (name.length > COLUMN_NAME_MAX) return 'column_name_long';
	return names.indexOf(name) < index ? 'column_name_taken' : null;
}
