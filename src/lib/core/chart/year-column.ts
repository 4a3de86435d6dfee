/** Years that are written as whole numbers: a moment, and not a measure to add up. */
import { foldedText } from '../folded-text.ts';
import type { ChartColumn } from './chart-spec.ts';

const NAMED = /(?:^|[^a-z])(?:annees?|ans?|exercices?|years?)(?:$|[^a-z])/;

/** d3-format of a whole number without thousands: `2012`. */
export const YEAR_FORMAT = 'd';

export const isYear = ({
	name,
	type,
	min,
	max
}: Pick<ChartColumn, 'name' | 'type' | 'min' | 'max'>): boolean =>
	(type === 'integer' || type === 'number') &&
	NAMED.test(foldedText(name)) &&
	(min === null || (Number.isInteger(min) && min >= 1000)) &&
	(max === null || (Number.isInteger(max) && max < 3000));
