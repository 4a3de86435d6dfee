/** What the form of texts takes out of one, by a pattern that its words need not show. */

/** The bracket `group` of the first thing that the pattern finds. */
export const EXTRACTS = {
	number: { source: String.raw`\d+(?:[.,]\d+)?`, flags: 'u', group: 0 },
	word: { source: String.raw`\S+`, flags: 'u', group: 0 },
	brackets: { source: String.raw`\(([^)]*)\)`, flags: 'u', group: 1 },
	domain: { source: String.raw`@([^\s@]+)`, flags: 'u', group: 1 }
} as const;
export type Extract = keyof typeof EXTRACTS;

const NAMES = Object.keys(EXTRACTS) as Extract[];

/** Which of them a pattern is; null for any other. */
export const extractNamed = (source: string, flags: string, group: number): Extract | null =>
	NAMES.find((name) => {
		const one = EXTRACTS[name];
		return one.source === source && one.flags === flags && one.group === group;
	}) ?? null;
