/**
 * The six kinds of cell that a person meets. The kind is recognised from the source and never stored, so
 * that a notebook that went through another tool comes back with the same kinds.
 */

export const CELL_KINDS = ['text', 'data', 'transform', 'chart', 'control', 'code'] as const;
export type CellKind = (typeof CELL_KINDS)[number];

/** Arquero's verbs that make a table from a table. */
export const TABLE_VERBS: ReadonlySet<string> = new Set(
	`antijoin assign concat count cross dedupe derive except filter fold groupby impute intersect join join_full
	join_left join_right lookup orderby params pivot reduce reify relocate rename rollup sample select semijoin slice
	spread ungroup union unorder unroll`.split(/\s+/)
);

/**
 * The kind that the beginning of a script shows: for a source that does not parse, and before anyone parsed it, so that
 * typing does not change it.
 */
export function kindOfDraft(source: string): CellKind {
	const start = source
		.replace(/^(\s|\/\/.*\n|\/\*[^]*?\*\/)+/, '')
		.replace(/^(const|let|var)\s+[\p{L}\p{N}_$]+\s*=\s*/u, '')
		.replace(/^await\s+/, '');
	if (/^FileAttachment\s*\(/.test(start)) return 'data';
	if (/^(view\s*\(\s*)?Inputs\s*\./.test(start)) return 'control';
	if (/^(display\s*\(\s*)?Plot\s*\.\s*plot\b/.test(start)) return 'chart';
	const verb = /^[\p{L}\p{N}_$]+(?:\s*\.\s*[\p{L}_]+\s*\([^]*?\))*?\s*\.\s*([a-z_]+)\s*\(/u.exec(
		start
	);
	return verb?.[1] && TABLE_VERBS.has(verb[1]) ? 'transform' : 'code';
}
