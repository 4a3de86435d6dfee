import { expect, it } from 'vitest';
import { DateParser } from '../values/parse-date.ts';
import { MS_PER_DAY } from '../column.ts';
import { PlainDays } from './plain-days.ts';

it('reads what the date parser reads, and nothing else', () => {
	const parsers = (['dmy', 'mdy'] as const).map((order) => ({
		plain: new PlainDays(order),
		whole: new DateParser(order)
	}));
	let read = 0;
	const same = (text: string): void => {
		const bytes = new TextEncoder().encode(text);
		for (const { plain, whole } of parsers) {
			const days = plain.read(bytes, 0);
			if (Number.isNaN(days)) continue;
			read++;
			expect(whole.parse(bytes, 0, bytes.length), text).toBe(days * MS_PER_DAY);
		}
	};
	const signs = ['/', '-', '.', ' ', 'x'];
	for (const year of ['1799', '1800', '1900', '2000', '2023', '2024', '2199', '2200', '20a4'])
		for (let month = 0; month <= 13; month++)
			for (const day of ['00', '01', '12', '13', '28', '29', '30', '31', '32', '1 '])
				for (const sign of signs)
					for (const other of ['/', sign]) {
						const m = String(month).padStart(2, '0');
						same(`${year}${sign}${m}${other}${day}`);
						same(`${day}${sign}${m}${other}${year}`);
						same(`${m}${sign}${day}${other}${year}`);
					}
	expect(read).toBeGreaterThan(1000);
	const none = new PlainDays('dmy');
	for (const text of ['30/02/2024', '31/04/2024', '2023-02-29', '00/01/2024', '01/00/2024'])
		expect(none.read(new TextEncoder().encode(text), 0), text).toBeNaN();
	expect(none.read(new TextEncoder().encode('29/02/2024'), 0)).toBe(
		Date.UTC(2024, 1, 29) / MS_PER_DAY
	);
});
