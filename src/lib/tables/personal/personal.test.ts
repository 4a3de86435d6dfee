import { describe, expect, it } from 'vitest';
import type { PersonalKind } from '../../core/protocol/import.ts';
import { isSin } from './check-digits.ts';
import { readCsv } from '../read/read-csv.ts';

/** What is found in each column of a table written as records of `;`. */
async function found(table: string, today?: number): Promise<Record<string, PersonalKind[]>> {
	const { report } = await readCsv(new TextEncoder().encode(table), {
		separator: ';',
		header: true,
		...(today === undefined ? {} : { today })
	});
	return Object.fromEntries(
		report.columns.map((column) => [column.header, column.personal.map(({ kind }) => kind)])
	);
}
/** Kinds found in one column of texts, among rows that hold nothing. */
async function kindsOf(cells: readonly string[], header = 'valeur'): Promise<PersonalKind[]> {
	const rows = cells.map((cell) => `"${cell.replaceAll('"', '""')}";x\n`).join('');
	return (await found(`${header};n\n${rows}`))[header] ?? [];
}

describe('an e-mail address', () => {
	it.each([
		'ana@exemple.ca',
		'Jean.Tremblay+billets@mail.exemple.qc.ca',
		'écrire à ana@exemple.org.',
		'<ana@b.co>',
		'ana (a) exemple.ca',
		'ana [at] exemple [dot] ca',
		'ana at exemple dot com',
		'ana arobase exemple point com',
		'ana @ exemple.ca',
		'ana@exemple,ca',
		'ana@@exemple.ca',
		'ana.roy@gmail',
		'mailto:ana%40exemple.ca?subject=Billets',
		'https://exemple.test/u?email=ana%40exemple.ca&v=1',
		'{"id":4,"contact":{"mail":"ana@exemple.ca"}}',
		'Ana Roy <ana@exemple.ca>',
		'ａｎａ＠ｅｘｅｍｐｌｅ．ｃａ',
		'ana\u200b@exemple.ca'
	])('is found in %s', async (cell) => {
		expect(await kindsOf([cell, 'rien', 'rien encore'])).toContain('email');
	});

	it.each([
		'@exemple',
		'a@b',
		'prix @ 12.50 $',
		'2 @ 12.50',
		'x@y.',
		'billetterie@exemple.ca',
		'rendez-vous at noon'
	])('is not %s', async (cell) => {
		expect(await kindsOf([cell, 'rien'])).not.toContain('email');
	});
});

describe('a telephone', () => {
	it.each([
		'514 555-0123',
		'(514) 555-0123',
		'+1 514.555.0123',
		'1-514-555-0123 p. 12',
		'rappeler au 5145550123 svp',
		'tel5145550123',
		'51 45 55 01 23',
		'5 1 4 5 5 5 0 1 2 3',
		'514 - 555 - 0123',
		'514 555-O123',
		'+33 1 23 45 67 89',
		'٥١٤-٥٥٥-٠١٢٣'
	])('is found in %s', async (cell) => {
		expect(await kindsOf([cell, 'rien', 'rien encore'])).toContain('phone');
	});

	it.each([
		'000-000-0000',
		'commande 5145550123',
		'Billetterie du théâtre : 514 555-0123',
		'1 800 555-0123',
		'NEQ 1145678901',
		'2024-03-09 19:30:00',
		'45.123456, -73.654321',
		'14 555-0123',
		'192.168.100.1'
	])('is not %s', async (cell) => {
		expect(await kindsOf([cell, 'rien'])).not.toContain('phone');
	});

	it('is told from order numbers by their column', async () => {
		const orders = Array.from({ length: 40 }, (_, i) => String(4_503_000_000 + i * 7_919_123));
		expect((await found(`Commande;n\n${orders.map((o) => `${o};1\n`).join('')}`)).Commande).toEqual(
			[]
		);
		const phones = Array.from({ length: 40 }, (_, i) => `514${String(5_550_100 + i)}`);
		expect((await found(`X;n\n${phones.map((o) => `${o};1\n`).join('')}`)).X).toEqual(['phone']);
	});

	it('of a venue is not reported, whether the header or the column before says so', async () => {
		expect(
			await found(
				'Salle;Tél.;Adresse\nThéâtre du Coin;514 555-0123;12, rue Laurier\nLe Hangar;418 555-0198;8, avenue du Parc\n'
			)
		).toEqual({ Salle: [], 'Tél.': [], Adresse: [] });
		expect(
			await found('Client;Tél.;Téléphone de la salle\nAna Roy;514 555-0123;514 555-0111\n')
		).toEqual({ Client: ['person_name'], 'Tél.': ['phone'], 'Téléphone de la salle': [] });
	});
});

describe('a postal code', () => {
	it.each([
		'H2X 1Y4',
		'h2x1y4',
		'H2X-1Y4',
		'12, rue A, Québec G1R 2B5',
		'H2X\u00a01Y4',
		'H 2 X 1 Y 4',
		'h2x - 1y4',
		'H2X 1YO4'.replace('O', '')
	])('is found in %s', async (cell) => {
		expect(await kindsOf([cell, 'rien'])).toContain('postal_code');
	});
	it.each([
		'H2X',
		'D2X 1Y4',
		'H2O 1Y4',
		'CB-YZ9-25-00001',
		'AH2X 1Y45',
		'H2X1Y44',
		'A000001',
		'A1 B2 C3',
		'SKU-H2X-1Y4-B'
	])('is not %s', async (cell) => {
		expect(await kindsOf([cell, 'rien'])).not.toContain('postal_code');
	});
});

describe('a number with a check digit', () => {
	it('of health insurance is found with its date and its check digit, whatever parts it', async () => {
		expect(await kindsOf(['LASF 8002 1411', 'rien'])).toEqual(['health_number']);
		expect(await kindsOf(['sa carte : lasf80021411', 'rien'])).toEqual(['health_number']);
		// No 14th month; no check digit.
		expect(await kindsOf(['LASF80141411', 'rien'])).toEqual([]);
		expect(await kindsOf(['LASF80021413', 'LASF80021412', 'rien'])).toEqual([]);
		// Its header, or the words before, do without.
		expect(await kindsOf(['LASF80021413', 'rien'], 'NAM')).toEqual(['health_number']);
		expect(await kindsOf(['no RAMQ LASF80021413 à corriger', 'rien'])).toEqual(['health_number']);
	});

	const sins = [
		'130 692 544',
		'193-456-787',
		'924 112 261',
		'749166591',
		'387214703',
		'323 478 206'
	];
	const luhn = (body: string): string => {
		for (let check = 0; check < 10; check++) {
			let sum = 0;
			[...body, String(check)].reverse().forEach((sign, i) => {
				const twice = Number(sign) * (i % 2 ? 2 : 1);
				sum += twice > 9 ? twice - 9 : twice;
			});
			if (sum % 10 === 0) return body + String(check);
		}
		throw new Error('no check digit');
	};

	it('of social insurance is found by its column, its header or its words', async () => {
		expect(
			await kindsOf(
				sins.map((sin) => luhn(sin.replace(/\D/g, '').slice(0, 8))),
				'B'
			)
		).toEqual(['sin']);
		expect(await kindsOf([luhn('13069254'), 'rien'], 'N.A.S.')).toEqual(['sin']);
		expect(await kindsOf([`son NAS est ${luhn('13069254')}`, 'rien'])).toEqual(['sin']);
		expect(await kindsOf([`il a écrit 924 112 261 dessus`, 'rien'])).toEqual(['sin']);
		// Alone in a sentence, one number in ten would pass.
		expect(await kindsOf([`commande ${luhn('13069254')}`, 'rien'])).toEqual([]);
		expect(await kindsOf([luhn('13069254'), '130692541', '130692542', '130692543'])).toEqual([]);
		// None begins with 0 or 8.
		expect(await kindsOf(Array.from({ length: 9 }, (_, i) => luhn(`8306925${String(i)}`)))).toEqual(
			[]
		);
	});

	it('of a company, with its programme, is not social insurance', async () => {
		expect(await kindsOf(['123456782RT0001', '130692544RT0001'], 'TPS')).toEqual([]);
	});

	it('of a card is told from invoices, ISNI and loyalty numbers', async () => {
		const cards = Array.from({ length: 12 }, (_, i) =>
			luhn(`45320151128303${String(i % 10)}`.padEnd(15, String(i % 10)))
		);
		expect(await kindsOf(cards, 'X')).toEqual(['card']);
		expect(await kindsOf(['remb. sur 4532 0151 1283 0366', 'rien'])).toEqual(['card']);
		expect(await kindsOf(['amex 3782-822463-10005', 'rien'])).toEqual(['card']);
		const invoices = Array.from({ length: 40 }, (_, i) => String(4_532_015_112_830_366 + i * 13));
		expect(await kindsOf(invoices, 'Facture')).toEqual([]);
		expect(await kindsOf(['0000 0001 2103 2683', '0000 0001 2145 4100'], 'ISNI')).toEqual([]);
		expect(await kindsOf(['facture 4532015112830366', 'rien'])).toEqual([]);
	});
});

describe('the name of a person', () => {
	it('is found under the headers of people, however it is written', async () => {
		expect(await kindsOf(['Ana Tremblay', 'Luc Gagnon'], 'Client')).toEqual(['person_name']);
		expect(await kindsOf(['TREMBLAY, Ana', 'GAGNON, Luc'], 'Usager')).toEqual(['person_name']);
		expect(await kindsOf(['A. Tremblay', 'J.-L. Gagnon'], 'Locataire')).toEqual(['person_name']);
		expect(await kindsOf(['M. Luc Gagnon', 'Mme Tremblay'], 'Donateur')).toEqual(['person_name']);
	});

	it('is found in two columns, with their headers or without', async () => {
		const rows = 'Tremblay;Ana\nNguyen;Luc\nBenali;Karim\nJean-Baptiste;Mirlande\nAwashish;Julie\n';
		expect(await found(`Nom;Prénom\n${rows}`)).toEqual({
			Nom: ['person_name'],
			Prénom: ['person_name']
		});
		expect(await found(`A;B\n${rows}`)).toEqual({ A: ['person_name'], B: ['person_name'] });
	});

	it('is found in sentences', async () => {
		for (const cell of [
			'appeler Mme Tremblay avant midi',
			'remplacée par Karim Benali',
			'voir J.-P. Gagnon',
			'demander à TREMBLAY Ana les clés',
			'ami du CA, U. Dubé',
			'{"nom":"Ana Tremblay","v":2}',
			'Ana Tremblay <ana@exemple.ca>'
		])
			expect(await kindsOf([cell, 'rien'], 'Remarques')).toContain('person_name');
	});

	it('is left where it is a credit, a work, a place or an organisation', async () => {
		expect(
			await found(
				'Artiste;Titre;Salle;Organisme\nAna Tremblay;Marie Curie;Salle Denise-Pelletier;Fondation Luc-Gagnon\nLuc Gagnon;Maria Chapdelaine;Théâtre Jean-Duceppe;Productions Ana Roy inc.\n'
			)
		).toEqual({ Artiste: [], Titre: [], Salle: [], Organisme: [] });
		for (const cell of [
			'spectacle de Luc Gagnon',
			'texte de Gabrielle Roy',
			'salle Denise Pelletier, porte B',
			'rue Paul Sauvé',
			'Hommage à M. Félix',
			'Luc Gagnon et ses musiciens'
		])
			expect(await kindsOf([cell, 'rien'], 'Remarques')).toEqual([]);
		// An artist of the table is one in its remarks too.
		expect(
			await found('Artiste;Remarques\nAna Tremblay;arrivée de Ana Tremblay à midi\nLuc Gagnon;ok\n')
		).toEqual({ Artiste: [], Remarques: [] });
	});
});

describe('an address', () => {
	it.each([
		'123, rue des Érables',
		'7184 5e Avenue #15',
		'12-2345 boul. Saint-Joseph Est, app. 4',
		'22 Main Street',
		'450 King St. W., Unit 3',
		'78 rang Saint-Antoine',
		'livrer au 9 ch. du Lac, porte arrière',
		'C.P. 123',
		'PO Box 44'
	])('is found in %s', async (cell) => {
		expect(await kindsOf([cell, 'rien'])).toContain('address');
	});
	it.each([
		'12 places',
		'3 cours de danse',
		'2 routes',
		'rue des Érables',
		'Quai de chargement au 12, rue du Port',
		'19 h 30',
		'1984'
	])('is not %s', async (cell) => {
		expect(await kindsOf([cell, 'rien'])).not.toContain('address');
	});
});

describe('an e-mail address under the header of a place', () => {
	it('is somebody’s, unless it is a desk’s or the header says e-mail', async () => {
		const rows = (mail: (i: number) => string) =>
			Array.from({ length: 12 }, (_, i) => `${String(i)};${mail(i)}\n`).join('');
		const kinds = async (header: string, mail: (i: number) => string) =>
			(await found(`No;${header}\n${rows(mail)}`))[header];
		const personal = (i: number): string => `ana.tremblay${String(i)}@exemple.ca`;
		expect(await kinds('Salle', personal)).toEqual(['email']);
		expect(await kinds('Lieu', personal)).toEqual(['email']);
		expect(await kinds('Courriel de la salle', personal)).toEqual([]);
		expect(await kinds('Salle', (i) => `billetterie@exemple${String(i)}.ca`)).toEqual([]);
	});
});

describe('a birth date', () => {
	const today = Date.UTC(2025, 5, 1) / 86_400_000;
	it.each([
		['1987-03-14', '1990-12-01'],
		['14/03/1987', '01/12/1990'],
		['14-III-1987', '1-XII-1990'],
		['14 mars 1987', '1er décembre 1990'],
		['March 14, 1987', 'Dec 1, 1990'],
		['870314', '901201'],
		['31850', '33208'],
		['1987-03-14 00:00:00', '1990-12-01 00:00:00'],
		['14 / 03 / 1987', '1 / 12 / 1990'],
		['14 mars 1987 (38 ans)', '1990-12-01, 34 ans'],
		['sam. 14 mars 1987', 'sam. 1er décembre 1990'],
		['Né·e le 14 mars 1987', 'DDN : 1990-12-01'],
		['3141987', '9011990'],
		['03141987', '12011990']
	])('is found under its header: %s', async (...dates) => {
		const table = `Né(e) le;n\n${dates.map((date) => `"${date}";1\n`).join('')}`;
		expect((await found(table, today))['Né(e) le']).toEqual(['birth_date']);
	});

	it('is told from other dates by the ages that it makes', async () => {
		const rows = Array.from(
			{ length: 30 },
			(_, i) =>
				`Ana Tremblay;${String(1945 + i * 2)}-${String(((i * 5) % 12) + 1).padStart(2, '0')}-1${String(i % 9)};2025-0${String((i % 5) + 1)}-10\n`
		).join('');
		expect(await found(`Client;X;Date\n${rows}`, today)).toEqual({
			Client: ['person_name'],
			X: ['birth_date'],
			Date: []
		});
		expect((await found(`Client;Embauche;Date\n${rows}`, today)).Embauche).toEqual([]);
	});

	it('is found in a sentence that says so', async () => {
		expect(await kindsOf(['né le 14 mars 1987 à Alma', 'rien'])).toEqual(['birth_date']);
		expect(await kindsOf(['DDN 1987-03-14', 'rien'])).toEqual(['birth_date']);
		expect(await kindsOf(['vu le 14 mars 1987', 'rien'])).toEqual([]);
	});

	it.each([
		'enfant né·e le 14 mars 1987',
		'jumeaux nés le 14/03/1987',
		'née le samedi 14 mars 1987',
		'sa fête est le 14 mars 1987',
		'nais.: 1987/03/14',
		'born in Alma on March 14, 1987',
		'Cliente du théâtre, née le 14 mars 1987'
	])('is found in « %s »', async (text) =>
		expect(await kindsOf([text, 'rien'])).toEqual(['birth_date'])
	);

	it.each([
		'La compagnie est née le 14 mars 1987',
		'Le Théâtre du Nord, né le 14 mars 1987',
		'né en 1987'
	])('is none in « %s »', async (text) => expect(await kindsOf([text, 'rien'])).toEqual([]));

	it.each([
		'DoB',
		'DTN',
		'DdN',
		'DNAIS',
		'CLI_DNAI',
		'DDN (cours)',
		'Lieu et date de naissance',
		'Naissance chef de famille'
	])('is found under %s', async (header) =>
		expect((await found(`${header};n\n1987-03-14;1\n1990-12-01;2\n`, today))[header]).toEqual([
			'birth_date'
		])
	);

	it.each([
		'Anniversaire de mariage',
		"Naissance de l'organisme",
		'Année de naissance',
		'Anniversaire embauche'
	])('is none under %s', async (header) => {
		const dates = header.startsWith('Année') ? ['1987', '1990'] : ['1987-03-14', '1990-12-01'];
		expect(
			(await found(`${header};n\n${dates.map((date) => `${date};1\n`).join('')}`, today))[header]
		).toEqual([]);
	});

	it('is nobody’s who is on the bill when it follows a show or a course', async () => {
		const rows = Array.from(
			{ length: 12 },
			(_, i) => `Le lac;19${String(50 + i)}-03-14;H2X\n`
		).join('');
		expect((await found(`Spectacle;Date naiss.;RTA\n${rows}`, today))['Date naiss.']).toEqual([
			'birth_date'
		]);
		expect((await found(`Interprète;Date naiss.;RTA\n${rows}`, today))['Date naiss.']).toEqual([]);
	});

	it('is a person’s, artist or not, where the table says how to reach them', async () => {
		const rows = Array.from(
			{ length: 12 },
			(_, i) => `Ana Tremblay;19${String(50 + i)}-03-14;514 555-0123\n`
		).join('');
		const headed = async (header: string) =>
			Object.values(await found(`${header}\n${rows}`, today))[1];
		expect(await headed('Artiste;Né le;Téléphone')).toEqual(['birth_date']);
		expect(await headed('Artiste;Né le;Tél. de la galerie')).toEqual([]);
		expect(await headed('Nom;Naissance du musicien;Téléphone')).toEqual(['birth_date']);
		expect(await headed('No;Naissance du musicien;Tél. de la salle')).toEqual([]);
	});

	it('is told by the ages beside it, of children too', async () => {
		const line = (i: number, age: number): string =>
			`Ana Tremblay;201${String(i % 6)}-0${String((i % 9) + 1)}-1${String(i % 9)};${String(age)}\n`;
		const age = (i: number): number => 2025 - (2010 + (i % 6)) - ((i % 9) + 1 > 5 ? 1 : 0);
		const rows = Array.from({ length: 24 }, (_, i) => line(i, age(i))).join('');
		const others = Array.from({ length: 24 }, (_, i) => line(i, (i * 7) % 20)).join('');
		expect((await found(`Abonné;Date 1;Âge\n${rows}`, today))['Date 1']).toEqual(['birth_date']);
		expect((await found(`Abonné;Date 1;Âge\n${others}`, today))['Date 1']).toEqual([]);
		expect((await found(`Abonné;Date 1;Rang\n${rows}`, today))['Date 1']).toEqual([]);
		expect((await found(`Abonné;Date enfant;Rang\n${rows}`, today))['Date enfant']).toEqual([
			'birth_date'
		]);
	});

	it('is told by the health insurance number beside it', async () => {
		const line = (i: number, month: number): string =>
			`Ana Tremblay;TREA ${String(50 + i)}${String(month + 50)} 1412;19${String(50 + i)}-0${String((i % 9) + 1)}-14;x\n`;
		const rows = (shift: number) =>
			Array.from({ length: 9 }, (_, i) => line(i, ((i + shift) % 9) + 1)).join('');
		expect((await found(`Abonné;NAM;Info;n\n${rows(0)}`, today)).Info).toEqual(['birth_date']);
		expect((await found(`Abonné;NAM;Info;n\n${rows(1)}`, today)).Info).toEqual([]);
	});

	it('is none after the name of an organisation, of whatever age it is', async () => {
		const rows = Array.from(
			{ length: 30 },
			(_, i) =>
				`Musée ${String(i)};${String(1945 + i * 2)}-${String(((i * 5) % 12) + 1).padStart(2, '0')}-1${String(i % 9)};Ana Tremblay;2025-0${String((i % 5) + 1)}-10\n`
		).join('');
		expect((await found(`Musée;X;Responsable;Date\n${rows}`, today)).X).toEqual([]);
		expect(
			(await found(`Membre;date_appellation;Responsable;Date\n${rows}`, today)).date_appellation
		).toEqual([]);
	});
});

describe('what is told', () => {
	it('counts rows, hides the examples and says why', async () => {
		const { report } = await readCsv(
			new TextEncoder().encode(
				'courriel;n\nana@exemple.ca;1\nana@exemple.ca;2\nluc@exemple.ca;3\n;4\n'
			)
		);
		expect(report.columns[0]?.personal).toEqual([
			{
				kind: 'email',
				rows: 3,
				of: 3,
				within: 'cells',
				confidence: 'sure',
				actions: ['drop', 'pseudonymise', 'keep'],
				examples: ['a••@•••••••.••', 'l••@•••••••.••'],
				why: { code: 'email_shape', details: { values: 3 } }
			}
		]);
	});

	it('offers to mask where it is in the midst of something else', async () => {
		const { report } = await readCsv(
			new TextEncoder().encode('ville;n\nMagog;1\n514 555-0123;2\nAlma;3\nAmos;4\n')
		);
		expect(report.columns[0]?.personal).toMatchObject([
			{ kind: 'phone', rows: 1, of: 4, within: 'text', actions: ['drop', 'mask', 'keep'] }
		]);
	});

	it('finds numbers that were read as numbers', async () => {
		const sins = [130692544, 193456787, 924112261, 749166591, 387214703, 323478206];
		const { report } = await readCsv(
			new TextEncoder().encode(`NAS;n\n${sins.map((sin) => `${String(sin)};1\n`).join('')}`)
		);
		expect(report.columns[0]?.type).toBe('integer');
		expect(report.columns[0]?.personal.map(({ kind }) => kind)).toEqual(['sin']);
	});
});

describe('what the table says', () => {
	const lines = (count: number, line: (i: number) => string): string =>
		Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
	const two = (value: number): string => String(value).padStart(2, '0');

	it('finds a birth in three columns', async () => {
		const rows = lines(
			30,
			(i) =>
				`Ana Tremblay;${String((i % 28) + 1)};${String((i % 12) + 1)};${String(1950 + i)};2025-03-01`
		);
		const today = 20_200;
		expect(await found(`Membre;Jour;Mois;An;Inscrit le\n${rows}`, today)).toEqual({
			Membre: ['person_name'],
			Jour: ['birth_date'],
			Mois: ['birth_date'],
			An: ['birth_date'],
			'Inscrit le': []
		});
		const shows = lines(
			30,
			(i) =>
				`Ana Tremblay;${String((i % 28) + 1)};${String((i % 12) + 1)};${String(2024 + (i % 2))}`
		);
		expect((await found(`Membre;Jour;Mois;An\n${shows}`, today)).An).toEqual([]);
	});

	it('leaves the births of artists, and finds those of donors beside', async () => {
		const rows = lines(
			20,
			(i) =>
				`Paul-Émile Borduas;19${two(i + 10)}-0${String((i % 9) + 1)}-11;Ana Tremblay;19${two(i + 50)}-03-12`
		);
		const kinds = await found(`Artiste;Naissance;Donateur;Né le\n${rows}`);
		expect(kinds.Naissance).toEqual([]);
		expect(kinds['Né le']).toEqual(['birth_date']);
	});

	it('tells numbers given in turn from social insurance numbers', async () => {
		const valid: string[] = [];
		for (let n = 200_000_000; valid.length < 30; n++) if (isSin(String(n))) valid.push(String(n));
		expect(await kindsOf(valid, 'Abo')).toEqual([]);
		expect(await kindsOf(valid, 'NAS')).toEqual(['sin']);
	});

	it('tells codes of the whole alphabet from postal codes', async () => {
		expect(await kindsOf(['H2X 1Y4', 'D3F 2O1', 'G1R 2B3', 'W4U 5Q6'], 'cote')).toEqual([]);
		expect(await kindsOf(['H2X 1Y4', 'J4K 2L1', 'G1R 2B3'], 'c1')).toEqual(['postal_code']);
	});

	it('reads addresses without the word of their street where a header or a sentence speaks for them', async () => {
		expect(await kindsOf(['288 Fleury', '6542-C Boyer', '12 Masson'], 'Adr.')).toEqual(['address']);
		expect(await kindsOf(['288 Adultes', '12 Angry Men', '24 Poses'], 'valeur')).toEqual([]);
		for (const text of [
			"j'habite 469 masson donc trop loin",
			'on est au 8749 king ouest depuis 30 ans',
			'nouvelle adr : 3432 Christophe-Colomb G4J 8H2'
		])
			expect(await kindsOf([text, 'rien']), text).toContain('address');
		expect(await kindsOf(['au 2024 Gala de la danse', 'du 12 au 15 Mai'])).toEqual([]);
	});

	it('reads a street beside its number', async () => {
		const rows = lines(
			12,
			(i) => `Ana Tremblay;${String(100 + i)};De Gaspé ${'abcdefghijkl'.charAt(i)}`
		);
		expect((await found(`Client;No;Voie\n${rows}`)).Voie).toEqual(['address']);
	});

	it.each([
		['https://x.example/livraison?adr=313%20Saint-Antoine&v=1', 'address'],
		['{"client":{"nom":"Tremblay, Ana"},"dob":"1980-03-12"}', 'person_name'],
		['{"client":{"nom":"Tremblay, Ana"},"dob":"1980-03-12"}', 'birth_date'],
		['<client><nom>Ana Tremblay</nom><tel>5145550123</tel></client>', 'person_name'],
		['BEGIN:VCARD\\nN:Tremblay;Ana;;;\\nADR:;;199 Ste-Famille;Alma;QC;;\\nEND:VCARD', 'address'],
		['nom=Ana Tremblay|naissance=12 mars 1980', 'birth_date']
	])('reads the fields of %s', async (cell, kind) => {
		expect(await kindsOf([cell, 'rien', 'rien encore'])).toContain(kind);
	});

	it('leaves the fields of a place, and what people look for', async () => {
		expect(await kindsOf(['{"fournisseur":{"tel":"514 555-0123"}}', 'rien'])).toEqual([]);
		expect(await kindsOf(['https://x.example/recherche?q=Pauline+Julien', 'rien'])).toEqual([]);
	});

	it('leaves a name that comes again and again, unless a word says that one deals with its bearer', async () => {
		const rows = (text: string): string[] =>
			Array.from({ length: 40 }, (_, i) => `${text}, no ${String(i)}`);
		expect(await kindsOf(rows('dossier Anne Tremblay'), 'note')).toEqual([]);
		expect(await kindsOf(rows('remis par Anne Tremblay'), 'note')).toEqual(['person_name']);
	});

	it('gives a place one way to be reached', async () => {
		const rows = lines(20, (i) => `Salle Odyssée;H${String(i % 10)}X ${String(i % 7)}Y4`);
		expect((await found(`Salle;Code postal\n${rows}`))['Code postal']).toEqual(['postal_code']);
		const one = lines(20, () => 'Salle Odyssée;H2X 1Y4');
		expect((await found(`Salle;Code postal\n${one}`))['Code postal']).toEqual([]);
	});
});
