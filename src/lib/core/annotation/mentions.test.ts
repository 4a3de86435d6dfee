import { describe, expect, it } from 'vitest';
import { mentionOf, mentionsIn, plainExcerpt, withNames } from './mentions.ts';
import { THREAD_LIMITS } from './thread.ts';

const ID = 'abcdefghjkmnpqrstvwxyz0123';
const OTHER = '0123456789abcdefghjkmnpqrs';
const LINE = `[@Line](personne:${ID})`;
const ZOE = `[@Zoé](personne:${OTHER})`;

describe('who is named', () => {
	it('is each person once, in order', () => {
		expect(mentionsIn(`${LINE}, ${ZOE} et encore ${LINE}`)).toEqual([ID, OTHER]);
		expect(mentionsIn(`> cité ${LINE}\n\n- une liste\n\n    avec ${ZOE}`)).toEqual([ID, OTHER]);
		expect(mentionsIn(`# ${LINE}\n**${ZOE}**`)).toEqual([ID, OTHER]);
	});

	it.each([
		['a span', `\`${LINE}\``],
		['a longer span', `\`\` x\` ${LINE} \`\``],
		['a span of two lines', `\`a\n${LINE}\``],
		['a fence', `\`\`\`\n${LINE}\n\`\`\``],
		['a fence with a language', `~~~js\n${LINE}\n~~~`],
		['a fence that never ends', `\`\`\`\n\n${LINE}`],
		['a fence that a shorter one does not end', `\`\`\`\`\n\`\`\`\n${LINE}\n\`\`\`\``],
		['a fence in a quotation', `> \`\`\`\n> ${LINE}\n> \`\`\``],
		['an indented line', `    ${LINE}`],
		['an indented line after a paragraph', `Voici\n\n\t${LINE}`],
		['an escaped bracket', `\\${LINE}`],
		['an image', `!${LINE}`],
		['another address', '[@Line](https://exemple.org)'],
		['no id', '[@Line](personne:)'],
		['an id too long', `[@Line](personne:${ID}x)`],
		['capitals', `[@Line](personne:${ID.toUpperCase()})`],
		['no sign', `[Line](personne:${ID})`],
		['no name', `[@](personne:${ID})`],
		['brackets in it', `[@a[b]](personne:${ID})`],
		['a name too long', `[@${'x'.repeat(201)}](personne:${ID})`]
	])('is nobody in %s', (_, body) => {
		expect(mentionsIn(body)).toEqual([]);
		expect(withNames(body, () => 'X')).toBe(body);
	});

	it.each([
		['after a span', `\`code\` ${LINE}`],
		['after a backtick that nothing closes', `un \` seul ${LINE}`],
		['after a fence', `\`\`\`\ncode\n\`\`\`\n${LINE}`],
		['after an escaped backslash', `\\\\${LINE}`],
		['in the next paragraph', `\`jamais fermé\n\n${LINE} \``],
		['in a line that continues a paragraph', `Voici\n    ${LINE}`]
	])('is someone %s', (_, body) => {
		expect(mentionsIn(body)).toEqual([ID]);
	});

	it('is counted up to the limit', () => {
		const ids = Array.from({ length: THREAD_LIMITS.mentions + 5 }, (_, i) =>
			String(i).padStart(26, '0')
		);
		const body = ids.map((id) => `[@x](personne:${id})`).join(' ');
		expect(mentionsIn(body)).toEqual(ids.slice(0, THREAD_LIMITS.mentions));
	});

	it('takes a time that follows the length of what is hostile', () => {
		for (const part of ['[@', '`', '``a`', '\\', `[@${'x'.repeat(150)}`, '> ', '- ', '~~~\n'])
			expect(mentionsIn(part.repeat(THREAD_LIMITS.body / part.length))).toEqual([]);
	});
});

describe('a name', () => {
	it('is the person’s own, whatever was typed', () => {
		expect(withNames(`Merci ${LINE}!`, (id) => (id === ID ? 'Élise' : undefined))).toBe(
			`Merci [@Élise](personne:${ID})!`
		);
	});

	it('of someone who may not be shown is the words alone, and no link', () => {
		expect(withNames(`Merci ${LINE}!`, () => undefined)).toBe('Merci @Line!');
	});

	it('cannot leave its brackets, be code or hold a link, and is read back', () => {
		for (const name of [
			'a](https://x.test) [b',
			'`a`',
			'*b* _c_',
			'a\\',
			'<img>',
			'[@z](p)',
			'É-é'
		]) {
			const body = mentionOf({ personId: ID, name });
			expect(mentionsIn(body)).toEqual([ID]);
			expect(withNames(body, () => name)).toBe(body);
		}
	});
});

describe('an excerpt', () => {
	it('is the words alone, on one line', () => {
		expect(
			plainExcerpt(
				`# Titre\n\n- **gras**, *un* peu_de_tout _deux_ et \`code\`\n> [lien](https://x.test) ${LINE}\n\\*`,
				200
			)
		).toBe('Titre gras, un peu_de_tout deux et code lien @Line *');
	});
	it('is cut, never inside a character', () => {
		expect(plainExcerpt('🎭'.repeat(50), 10)).toBe(`${'🎭'.repeat(9)}…`);
		expect(plainExcerpt('x'.repeat(10), 10)).toBe('x'.repeat(10));
	});
});
