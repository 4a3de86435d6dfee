/** How long something takes, said roughly. */
import { numberLocale } from '../table/format.ts';

/** « 12 s », « 3 min ». @param ms milliseconds */
export function durationText(ms: number): string {
	const [unit, value] =
		ms < 60_000 ? (['second', ms / 1000] as const) : (['minute', ms / 60_000] as const);
	return new Intl.NumberFormat(numberLocale(), {
		style: 'unit',
		unit,
		unitDisplay: 'short',
		maximumFractionDigits: 0
	}).format(Math.max(1, Math.ceil(value)));
}
