/** Check digits of numbers that name a person. Digits are given as character codes' values, 0 to 9. */

/** ISO/IEC 7812-1: from the right, every second digit is doubled; the digits' sum ends with 0. */
export function passesLuhn(digits: string): boolean {
	let sum = 0;
	let doubled = false;
	for (let i = digits.length - 1; i >= 0; i--) {
		let digit = digits.charCodeAt(i) - 48;
		if (doubled) {
			digit *= 2;
			if (digit > 9) digit -= 9;
		}
		sum += digit;
		doubled = !doubled;
	}
	return sum % 10 === 0;
}

/** A social insurance number: nine digits; none begins with 0 or 8. */
export const isSin = (digits: string): boolean =>
	/^[1-79]\d{8}$/.test(digits) && passesLuhn(digits) && !/^(\d)\1*$/.test(digits);

/** Fifteen or sixteen digits of the great payment networks: their prefixes, and the check digit. */
export function isCard(digits: string): boolean {
	if (digits.length === 15) return /^3[47]/.test(digits) && passesLuhn(digits);
	if (digits.length !== 16) return false;
	const four = Number(digits.slice(0, 4));
	const known =
		digits.startsWith('4') || // Visa
		(four >= 5100 && four <= 5599) || // Mastercard
		(four >= 2221 && four <= 2720) ||
		four === 6011 || // Discover
		(four >= 6440 && four <= 6599) ||
		(four >= 3528 && four <= 3589) || // JCB
		(four >= 6200 && four <= 6299); // UnionPay
	return known && passesLuhn(digits);
}

const WEIGHTS = [7, 1, 1, 3, 9, 7, 3, 9, 5, 3, 1, 3, 5, 7, 6, 9, 1];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the date part of a RAMQ number (`AAAAYYMMDD##`, 50 added to the month of women) is a date. */
export function isRamqShape(number: string): boolean {
	if (!/^[A-Z]{4}\d{8}$/.test(number)) return false;
	const month = Number(number.slice(6, 8)) % 50;
	const day = Number(number.slice(8, 10));
	return month >= 1 && month <= 12 && day >= 1 && day <= (DAYS[month - 1] ?? 0);
}

/**
 * The check digit of a health insurance number of Québec: a weighted sum of the letters (two digits each, A = 1, one
 * skipped between R and S), of the whole year, the month as it is written, the day and the sequence. The century is not
 * written, so both are tried.
 */
export function passesRamq(number: string): boolean {
	if (!isRamqShape(number)) return false;
	const letters: number[] = [];
	for (let i = 0; i < 4; i++) {
		let rank = number.charCodeAt(i) - 64;
		if (rank > 18) rank++;
		letters.push(Math.floor(rank / 10), rank % 10);
	}
	const check = Number(number[11]);
	return ['19', '20'].some((century) => {
		const written = century + number.slice(4, 11);
		const all = [...letters, ...Array.from(written, Number)];
		const sum = all.reduce((total, digit, i) => total + digit * (WEIGHTS[i] ?? 0), 0);
		return sum % 10 === check;
	});
}
