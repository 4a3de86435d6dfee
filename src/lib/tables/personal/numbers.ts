/** Columns of numbers with a check digit: how many of a column's numbers pass says what they are. */
import type { PersonalFinding, PersonalWhy } from '../../core/protocol/import.ts';
import { passesLuhn } from './check-digits.ts';
import { scannedFinding } from './finding.ts';
import type { Looked } from './table-context.ts';

export function numberFinding(
	column: Looked,
	kind: 'health_number' | 'sin' | 'card'
): PersonalFinding | null {
	const { scan, says } = column;
	const named = kind === 'health_number' ? says.health : kind === 'sin' ? says.sin : says.card;
	let shaped = 0;
	let passing = 0;
	let never = 0;
	let least = Infinity;
	let most = -Infinity;
	for (const i of scan.notable) {
		const rows = scan.rows(i);
		const passes =
			scan.whole(i, kind) &&
			(scan.has(i, kind, 'sure') || (kind !== 'health_number' && scan.has(i, kind, 'weak')));
		if (passes) passing += rows;
		if (kind === 'sin' && scan.figures(i) === 9) {
			const digits = scan.text(i).replace(/\D/g, '');
			if (/^[08]/.test(digits) && passesLuhn(digits)) never += rows;
			least = Math.min(least, Number(digits));
			most = Math.max(most, Number(digits));
		}
		const figures = scan.figures(i);
		const shape =
			kind === 'health_number'
				? scan.whole(i, kind)
				: kind === 'sin'
					? figures === 9
					: figures === 15 || figures === 16;
		if (shape || passes) shaped += rows;
	}
	// Numbers given in turn, or that begin as no social insurance number does, carry the same check digit and number
	// something else.
	if (kind === 'sin' && !named && passing >= 10 && (never >= shaped * 0.03 || most - least < 5e7))
		return null;
	// By chance one number in ten (cards), or in five (health), passes; of a column of them nearly all do. Numbers of
	// orders and invoices may carry a check digit of their own in part, so a header of theirs asks for more.
	const share = shaped ? passing / shaped : 0;
	const needed = named
		? 0.3
		: kind === 'health_number'
			? 0.5
			: says.code || says.event
				? 0.93
				: 0.88;
	const enough = named || kind === 'health_number' ? 1 : kind === 'sin' ? 5 : 3;
	// A header of health insurance speaks for numbers whose last figure was mistyped, too.
	const cells =
		(share >= needed && passing >= enough) || (kind === 'health_number' && named && shaped > 0);
	const counted = (i: number): boolean => {
		const alone = kind === 'health_number' || scan.figures(i) > 0;
		if (scan.whole(i, kind) && alone)
			return cells && (scan.has(i, kind, 'sure') || scan.has(i, kind, 'weak'));
		return scan.has(i, kind, 'sure');
	};
	const checked: PersonalWhy =
		kind === 'sin'
			? 'sin_check'
			: kind === 'card'
				? 'card_check'
				: passing > 0 || !cells
					? 'health_check'
					: 'health_shape';
	return scannedFinding(column, kind, counted, checked, named || share >= 0.93 ? 'sure' : 'likely');
}
