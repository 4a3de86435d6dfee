/** Short forms that exports use in column names, opened into the words they stand for, in either language. */

/** Folded; a form may stand for several words. Judgement, from what is met in exports of the sector. */
const FORMS: Readonly<Record<string, string>> = {
	nb: 'nombre',
	nbr: 'nombre',
	nbre: 'nombre',
	num: 'numero',
	no: 'numero',
	nr: 'numero',
	qte: 'quantite',
	qty: 'quantity',
	mnt: 'montant',
	mt: 'montant',
	amt: 'amount',
	dt: 'date',
	dte: 'date',
	hr: 'heure',
	hre: 'heure',
	tm: 'time',
	rep: 'representation',
	repr: 'representation',
	repres: 'representation',
	perf: 'performance',
	spect: 'spectacle',
	spec: 'spectacle',
	ttl: 'titre',
	disc: 'discipline',
	cd: 'code',
	lib: 'libelle',
	tx: 'taux',
	pct: 'pourcentage',
	pc: 'pourcentage',
	occ: 'occupation',
	rev: 'revenus',
	rec: 'recettes',
	rct: 'recettes',
	tar: 'tarif',
	typ: 'type',
	cat: 'categorie',
	can: 'canal',
	chan: 'channel',
	bil: 'billets',
	blt: 'billets',
	tkt: 'tickets',
	tix: 'tickets',
	org: 'organisme',
	reg: 'region',
	cp: 'code postal',
	id: 'identifiant',
	ident: 'identifiant',
	desc: 'description',
	an: 'annee',
	ann: 'annee',
	vte: 'vente',
	ach: 'achat',
	cli: 'client',
	tel: 'telephone',
	sal: 'salle'
};
const OPENED = new Map(Object.entries(FORMS).map(([form, words]) => [form, words.split(' ')]));

/** The words of a name with its short forms opened; a word made of short forms alone (`DTREP`) is cut into them. */
export function openWords(words: readonly string[]): string[] {
	return words.flatMap((word) => OPENED.get(word) ?? cut(word) ?? [word]);
}

/** A word as a sequence of short forms of two letters at least, the longest first; null where it is none. */
function cut(word: string): string[] | null {
	if (word.length < 4 || word.length > 16) return null;
	for (let length = Math.min(6, word.length - 2); length >= 2; length--) {
		const first = OPENED.get(word.slice(0, length));
		if (!first) continue;
		const rest = word.slice(length);
		const others = OPENED.get(rest) ?? cut(rest);
		if (others) return [...first, ...others];
	}
	return null;
}
