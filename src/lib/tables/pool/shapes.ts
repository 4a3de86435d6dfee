/** Texts of a certain shape (times, areas, addresses, regions): read as the import reads them, and as they are stored. */
import type { ValueType } from '../../core/dataset/value-type.ts';
import { matchRegion } from '../../core/territory/match-region.ts';
import { ruleOf, type TextRule } from '../read/text-values.ts';

/** In a contract's column of regions what names none is a problem, and a code alone names one. */
const region: TextRule = (text) => matchRegion(text, { codes: true })?.name ?? null;

/** What a text becomes in a column of the type, null where it is none of it; null for a type of any text. */
export const shapeOf = (type: ValueType): TextRule | null =>
	type === 'region' ? region : ruleOf(type);

/** Whether a stored text is one that a column of the type may hold: as it would be written, and no other way. */
export const hasShape = (type: ValueType): ((text: string) => boolean) => {
	const rule = shapeOf(type);
	return (text) => rule === null || rule(text) === text;
};
