/** Columns that hold ways to reach somebody, and texts that hold one. */
import type { PersonalFinding, PersonalWhy } from '../../core/protocol/import.ts';
import { scannedFinding } from './finding.ts';
import type { Looked, TableContext } from './table-context.ts';

export function contactFinding(
	table: TableContext,
	column: Looked,
	index: number,
	kind: 'email' | 'phone' | 'postal_code' | 'address'
): PersonalFinding | null {
	const { scan, says } = column;
	let whole = 0;
	let sure = 0;
	let digitCells = 0;
	let otherCodes = 0;
	for (const i of scan.notable) {
		const rows = scan.rows(i);
		if (scan.otherCode(i)) otherCodes += rows;
		if (scan.figures(i) > 0) digitCells += rows;
		if (scan.has(i, kind, 'sure')) sure += rows;
		if (scan.whole(i, kind) && (scan.has(i, kind, 'sure') || scan.has(i, kind, 'weak')))
			whole += rows;
	}
	const ofKind =
		kind === 'email'
			? says.email
			: kind === 'phone'
				? says.phone
				: kind === 'postal_code'
					? says.postal
					: says.address;
	const share = scan.values ? whole / scan.values : 0;
	const place = table.ownedByPlace(index);
	// A place's name is no e-mail address: people's were typed where it should be.
	const misplaced = kind === 'email' && says.place && !says.reach;
	if (place && (ofKind || share >= 0.5 || says.reach) && !misplaced) return null;
	// Of codes drawn from the whole alphabet, half could be postal codes; of postal codes, none is another code.
	if (kind === 'postal_code' && !ofKind && otherCodes > (whole + otherCodes) * 0.1) return null;
	// Figures alone in a column of figures number something, unless nearly all are telephones.
	const takesWeak =
		ofKind ||
		(kind === 'postal_code'
			? sure >= scan.values * 0.3
			: kind === 'address'
				? // Numbers and names may be anything's, unless they are many and some say that they are streets.
					share >= 0.5 && sure >= scan.values * 0.05 && scan.used >= scan.values * 0.4
				: share >= 0.6) ||
		(kind === 'phone' && digitCells < scan.values * 0.5);
	const closed = table.published(says) || table.directory || (says.credit && !says.person);
	const streets = kind === 'address' && namesStreets(table, column, index);
	const counted = (i: number): boolean => {
		if (streets && /\p{L}{2}/u.test(scan.text(i))) return true;
		// `55 Xanadu Street` may be the title of a work.
		if (closed && kind === 'address' && share < 0.3) return false;
		if (!scan.whole(i, kind) && closed && kind !== 'email') return false;
		if (scan.has(i, kind, 'sure')) return true;
		if (takesWeak && scan.has(i, kind, 'weak')) return true;
		return kind === 'phone' && ofKind && scan.phoneLike(i);
	};
	const why: PersonalWhy =
		kind === 'email'
			? 'email_shape'
			: kind === 'phone'
				? 'phone_shape'
				: kind === 'address'
					? 'address_shape'
					: 'postal_shape';
	const confidence = ofKind || kind === 'email' ? 'sure' : 'likely';
	return scannedFinding(column, kind, counted, why, confidence, streets);
}

const STREET_HEADER = / (?:rues?|voies?|streets?|odonyme|artere|nom rue|nom voie) /;
const CIVIC_HEADER = / (?:civiques?|civic|no|num|numero|number|no porte|porte|house) /;

/** Streets in one column, their numbers in another beside. */
function namesStreets(table: TableContext, { says, column }: Looked, index: number): boolean {
	if (column.type !== 'text' || !STREET_HEADER.test(says.words)) return false;
	return [index - 2, index - 1, index + 1, index + 2].some((i) => {
		const beside = table.columns[i];
		if (!beside || !CIVIC_HEADER.test(beside.says.words)) return false;
		return beside.column.type === 'integer' || beside.column.type === 'text';
	});
}
