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

/** Blanks and comments, one after the other. */
const BLANK = /\s+|\/\/.*\n|\/\*[^]*?\*\//y;

function withoutBlank(source: string): string {
	BLANK.lastIndex = 0;
	let at = 0;
	while (BLANK.test(source)) at = BLANK.lastIndex;
	return source.slice(at);
}

/** The verb that a chain shows first: right after its name or, where that is no plain word, after a call's bracket. */
function firstVerb(start: string): string | null {
	const member = /^[\p{L}\p{N}_$]+\s*\.\s*([\p{L}_]+)\s*\(/u.exec(start);
	const name = member?.[1];
	if (!member || name === undefined) return null;
	if (/^[a-z_]+$/.test(name)) return name;
	const next = /\)\s*\.\s*([a-z_]+)\s*\(/g;
	next.lastIndex = member[0].length;
	return next.exec(start)?.[1] ?? null;
}

/**
 * The kind that the beginning of a script shows: for a source that does not parse, and before anyone parsed it, so that
 * typing does not change it. Pages and the server ask it of what anyone wrote: it takes a time that follows the length.
 */
export function kindOfDraft(source: string): CellKind {
	const start = withoutBlank(source)
		.replace(/^(const|let|var)\s+[\p{L}\p{N}_$]+\s*=\s*/u, '')
		.replace(/^await\s+/, '');
	if (/^FileAttachment\s*\(/.test(start)) return 'data';
	if (/^(view\s*\(\s*)?Inputs\s*\./.test(start)) return 'control';
	if (/^(display\s*\(\s*)?Plot\s*\.\s*plot\b/.test(start)) return 'chart';
	const verb = firstVerb(start);
	return verb !== null && TABLE_VERBS.has(verb) ? 'transform' : 'code';
}
