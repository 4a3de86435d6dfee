/** Names of people: whether a cell is one, and where a sentence holds one. */
import { FAMILY_NAMES, GIVEN_NAMES } from './names-known.ts';
import { folded } from './plain-text.ts';
import type { Span } from './span.ts';

const GIVEN = 1;
const FAMILY = 2;

const PARTICLES = new Set(
	'de da do dos das du des del della di la le les el al ben bin bint van von der den ter st ste saint sainte et and y e & ait ould abou abu mc mac o'.split(
		' '
	)
);
/** Words of the names of organisations, places and works. */
const NOT_PEOPLE = new Set(
	'theatre theatres theater inc ltee ltd limitee enr corp llc production productions ecole ecoles festival fondation musee museum edition editions salle salles centre center club orchestre trio quatuor quintette duo groupe coop cooperative societe society association ville municipalite compagnie cie company college universite university maison disques records bibliotheque library caisse hotel restaurant cafe cinema studio studios ensemble choeur chorale collectif librairie galerie gallery eglise paroisse cegep academie institut institute conseil council commission service services ministere regie agence agency diffusion spectacle spectacles concert show musique music danse dance cirque jazz rock opera ballet symphonie symphony film films palais place parc auditorium amphitheatre agora cabaret pavillon complexe arena stade chapelle domaine manoir residence foyer the and of my our les mon ma mes nos une un ce cette au aux sur sous dans pour avec sans soir nuit jour rue avenue boul chemin rang route montee quai nord sud est ouest lac riviere mont ile iles billet billets abonnement forfait carte guichet web internet telephone courriel comptant cheque virement adulte enfant etudiant aine parterre balcon loge mezzanine corbeille collection serie saison hiver printemps automne ete janvier fevrier mars juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday anonyme anonymous inconnu unknown aucun none test oui non yes no n/a na idem violon violoncelle piano guitare flute saxophone trompette cor alto general quincaillerie lutherie ebenisterie magasin magasins transport transports garage salon clinique pharmacie imprimerie traiteur fleuriste ferme entreprise entreprises menuiserie boulangerie patisserie epicerie construction toitures concours medaille distinction trophee coupe chaire gala press books circle award prize scholarship freres filles associes associates manager director directeur directrice technicien billettiste placier regisseur fonds fund prix bourse room tourisme culture patrimoine developpement communaute premiere nation nations band bande mtl quebec montreal laval gatineau longueuil sherbrooke levis saguenay rimouski gaspe'.split(
		' '
	)
);

const KNOWN = new Map<string, number>();
for (const name of GIVEN_NAMES) KNOWN.set(name, GIVEN);
for (const name of FAMILY_NAMES) KNOWN.set(name, (KNOWN.get(name) ?? 0) | FAMILY);

const classes = new Map<string, number>();
/** Whether a token (without its full stop) is a known given name, family name, or both; each part of a compound counts. */
function classOf(token: string): number {
	// Most words are plain, and met once: looking them up costs less than remembering them.
	if (/^[A-Za-z]*$/.test(token)) return KNOWN.get(token.toLowerCase()) ?? 0;
	let found = classes.get(token);
	if (found !== undefined) return found;
	const word = folded(token);
	found = KNOWN.get(word) ?? 0;
	if (found === 0 && word.includes('-')) {
		const parts = word.split('-');
		if (parts.every((part) => GIVEN_NAMES.has(part))) found |= GIVEN;
		if (
			parts.every((part) => FAMILY_NAMES.has(part)) ||
			(/^(?:st|ste|saint|sainte)$/.test(parts[0] ?? '') && parts.length === 2)
		)
			found |= FAMILY;
		if (GIVEN_NAMES.has(parts[0] ?? '') && parts.length === 2) found |= GIVEN;
	}
	// What a hostile file can make it hold is bounded.
	if (classes.size > 100_000) classes.clear();
	classes.set(token, found);
	return found;
}
export const isGivenName = (token: string): boolean => (classOf(token) & GIVEN) !== 0;
export const isFamilyName = (token: string): boolean => (classOf(token) & FAMILY) !== 0;

/** What a cell looks like, as a name. */
export interface NameForm {
	/** Written as the name of a person is: two words or more with capitals, `NOM, Prénom`, `J.-P. Nom`. */
	readonly full: boolean;
	/** One word with a capital, compound or with its particle. */
	readonly single: boolean;
	/** Words of it that are known; `both`: a given name and a family name, side by side. */
	readonly given: boolean;
	readonly family: boolean;
	readonly both: boolean;
	/** `NOM, Prénom` or initials: a way of writing that little else has. */
	readonly telling: boolean;
}

const TITLE =
	/^(?:M\.? et Mme|Mme et M\.?|M\.|MM\.|M|Mme|Mmes|Mlle|Melle|Mr\.?|Mrs\.?|Ms\.?|Mx\.?|Miss|Dr\.?|Dre|Docteur|Docteure|Me|Monsieur|Madame|Mademoiselle|Prof\.?|Sr|Maître|Rev\.?|Sir|Hon\.?|Famille|Succession|Feu|Estate of|Family) +(?=\p{L})/iu;
const WORD = /^\p{L}[\p{L}'.-]*$/u;
const INITIAL = /^\p{L}\.?(?:-?\p{L}\.)*$/u;

/** null where the text is no name of a person, whatever its column. */
export function nameForm(written: string): NameForm | null {
	// As reservation systems write it: TREMBLAY/ANA MRS.
	const text = written.includes('/')
		? written.replace(
				/^(\p{Lu}[\p{Lu}'-]{1,30})\/(\p{Lu}[\p{Lu}'-]{1,30})(?: (?:MRS?|MS|MLLE|MME))?$/u,
				'$1, $2'
			)
		: written;
	if (text.length > 60 || text.length < 2 || /[\d@/\\_=<>{}[\]|+*%$#!?;:"]/.test(text)) return null;
	const trimmed = text.trim().replace(/\s*\([^)]{0,20}\)$/, '');
	const titled = TITLE.test(trimmed);
	const bare = trimmed.replace(TITLE, '').trim();
	const comma = bare.indexOf(',');
	if (comma >= 0 && bare.includes(',', comma + 1)) return null;
	const tokens = bare.replace(',', ' ').split(/\s+/).filter(Boolean);
	if (tokens.length === 0 || tokens.length > 6) return null;
	let words = 0;
	let capitals = 0;
	let initials = 0;
	let given = false;
	let family = false;
	let both = false;
	let before = 0;
	for (const [i, token] of tokens.entries()) {
		const word = folded(token).replace(/\.$/, '');
		const initial = token.length === 2 && token.endsWith('.');
		if (!initial && PARTICLES.has(word) && (i < tokens.length - 1 || tokens.length === 1)) {
			if (token === '&' || WORD.test(token)) continue;
			return null;
		}
		if (!WORD.test(token)) return null;
		if (NOT_PEOPLE.has(word)) return null;
		words++;
		if (/^\p{Lu}/u.test(token)) capitals++;
		if (token.length <= 5 && INITIAL.test(token) && (token.includes('.') || token.length === 1)) {
			initials++;
			continue;
		}
		const known = classOf(token.replace(/\.$/, ''));
		if (known & GIVEN) given = true;
		if (known & FAMILY) family = true;
		if (before && (before | known) === (GIVEN | FAMILY)) both = true;
		before = known;
	}
	// A family name of several words: `Da Silva`, `El Amrani`, `Pierre Louis`.
	if (!both && given && family && words >= 2) both = true;
	const asName = capitals === words || (capitals === 0 && both);
	if (!asName || words === 0) return null;
	const whole = words - initials;
	if (whole === 0) return null;
	const telling =
		(comma > 0 && words >= 2) || (initials > 0 && whole <= 2) || (titled && words >= 1);
	return {
		full: (words >= 2 && words <= 5) || titled,
		single: words === 1 && !titled,
		given,
		family,
		both,
		telling
	};
}

// ---------------------------------------------------------------- sentences

const CAP = String.raw`\p{Lu}[\p{L}'-]{1,30}`;
const JOINED = String.raw`(?:(?:de|da|do|dos|du|des|del|della|di|la|le|el|al|ben|van|von|der|den|St|Ste) ){0,2}`;
const TITLED = new RegExp(
	String.raw`(?<![\p{L}\p{N}.-])(?:M\.|M(?= )|MM\.|Mme|Mmes|MME|Mlle|Melle|MLLE|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Dre|Docteure?|Me|Monsieur|Madame|Mademoiselle|Maître|Prof\.) {1,2}((?:\p{Lu}\.(?:-?\p{Lu}\.)? {0,2})?${JOINED}${CAP}(?: {1,2}${JOINED}${CAP}){0,2})`,
	'gu'
);
/** Words with capitals side by side, and initials. */
const RUN = new RegExp(
	String.raw`(?<![\p{L}\p{N}.'-])(?:\p{Lu}\.(?:-?\p{Lu}\.){0,2}|${CAP})(?:,? {1,2}${JOINED}(?:\p{Lu}\.(?:-?\p{Lu}\.){0,2}|${CAP})(?![\p{N}])){1,5}`,
	'gu'
);
const ADDRESSED =
	/(?<![\p{L}\p{N}])(\p{Lu}[\p{L}'. ,-]{2,58}?) {0,2}[<(] {0,2}(?=[^\s<>()@]{1,64}@)/gu;

/** Just before a name, words that tell of works, places and public credits. */
const PUBLIC_BEFORE =
	/(?<!\p{L})(?:spectacles?|shows?|concerts?|pi[èe]ces?|films?|livres?|romans?|albums?|disques?|vinyles?|chansons?|th[ée][aâ]tres?|salles?|cin[ée]-?club|cin[ée]ma|biographies?|vie|hommages?|prix|bourses?|fondation|fonds|rue|avenue|boul(?:evard)?\.?|ch(?:emin)?\.?|[ée]coles?|coll[èe]ge|mise en sc[èe]ne|auteure?s?|autrice|artistes?|compositeurs?|compositrice|[ée]crivaine?|po[èe]te|textes?|oeuvres?|œuvres?|inspir[ée]e?s?|traduit|traduction|pr[ée]face|expositions?|expo|parc|place|pavillon|studio|festival|soir[ée]e|musiques?|paroles|po[èe]mes?|peint|peintre|toile|sculpture|jou[ée]e?|interpr[ée]t[ée]e?|d'apr[èe]s|selon l'oeuvre|centre|biblioth[èe]que|foyer|[ée]glise|pont|station|m[ée]tro|stade|ar[ée]na|maison|personnage|r[ôo]le|novel|plays?|books?|songs?|tribute|starring|feat\.?|ft\.?|directed|written|composed|authors?|artists?|band|symphonie|symphony|op[ée]ra|ballet|tourn[ée]e|tour|lancement|d[ée]dicace|classe de ma[iî]tre|masterclass|honneur|library|theatre|theater|hall|school|street|award|prize|memorial|statue|collection|billets?(?: (?:pour|de))?|tickets? (?:for|to)|guests?|invit[ée]e?s? sp[ée]cial|conf[ée]rence|chef|ma[eé]stro|directeur artistique|dir\. artistique|dir\.|quatuor|trio|orchestre|ensemble|groupe|vs|series|exhibit(?:ion)?|poster|affiche|photo|portrait|signed by|by playwright|magasins?|quincaillerie|entreprises?|lutherie|transports?|transport|garage|salon|clinique|pharmacie|notaires?|avocats?|imprimerie|traiteur|fleuriste|ferme|gestion|[ée]b[ée]nisterie|menuiserie|plomberie|boulangerie|p[âa]tisserie|[ée]picerie|march[ée]|construction|toitures?|[ée]lectricit[ée]|location|cabinet|[ée]tude|conseil|groupe|agence|coll[èe]ge|cegep|m[ée]dailles?|concours|distinctions?|troph[ée]es?|coupe|chaire|tournoi|gala|loved the|love the|correspondance avec|rencontre avec|entrevue avec|entretien avec|interview with|conversation with|r[ée]al\.|r[ée]alis[ée]e? par|directed by|[ée]crite? par|written by|d[ée]j[àa] vu dans|vue? dans|seen in|ex-coll\.|coll\.|relire|lire|d[ée]couvrir|j'adore|j'aime|adore|aime|fan de|fan of)(?:e?s)?(?!\p{L})[\p{L}'’ :«"-]{0,16}$/iu;
const PUBLIC_AFTER =
	/^ {0,2}(?:et (?:ses|son|sa|le|les) |and (?:his|her|the) |en (?:spectacle|concert|tourn)|in concert|live|quartet|trio|quintet|band|orchestr|circle|fund|foundation|fondation|awards?|prize|scholarship|gallery|galerie|wing|hall|trophy|medal|memorial|cup|lecture|show|exhibit|dance company|company|press|books|records|productions?|inc\b|lt[ée]e|ltd|enr\b|s\.?e\.?n\.?c|llc|corp|& (?:fils|filles|fr[èe]res?|sons?|co|associ)|et (?:fils|filles|fr[èe]res?|associ)|and (?:sons?|associ)|revue et|: le |, le musical|\(dir)/iu;

/** Just before a name, words of people's dealings with each other. */
const PRIVATE_BEFORE =
	/(?:(?<!\p{L})(?:avec|par|voir|pour|chez|dit|dire|demand[ée]e?r?|appeler|rappeler|joindre|rejoindre|contacter|aviser|remplac\p{L}*|sign[ée]e?|fille|fils|m[èe]re|p[èe]re|maman|papa|conjointe?|[ée]poux|[ée]pouse|soeur|fr[èe]re|voisine?|enfant|[ée]l[èe]ve|nom|cliente?|abonn[ée]e?|employ[ée]e?|coll[èe]gue|bless[ée]e?|t[ée]moin|victime|infirmi[èe]re?|contact|resp(?:onsable)?\.?|attn|att\.|c\/o|a\/s|with|from|for|see|saw|ask(?:ed)?|call(?:ed)?|told|said|spoke|per|via|mother|father|mom|dad|wife|husband|son|daughter|sister|brother|friend|neighbou?r|to|name|ami|amie|filleule?|m[ée]moire de|de la part de|remis|laiss[ée]|donn[ée]|trouv[ée]|perdu|r[ée]cup[ée]r[ée]|re[çc]u|found|lost|owner|cousine?|grand-?m[èe]re|grand-?p[èe]re|tante|oncle|gardienne?|coach|moniteur|monitrice|prof(?:esseure?)?|teacher|nurse|witness|injured|helped|assist[ée]e?|paid|pay[ée]|belongs|appartient)(?!\p{L})|:|->)[ ]{0,2}(?:[àa]u?|[dl]e|la|du|by|par|avec|of|to)? {0,2}$/iu;

/** @param isPublic whether a name is one of the artists, venues or works of the same table */
export function scanNames(text: string, isPublic: (name: string) => boolean, spans: Span[]): void {
	if (text.includes('@')) addressed(text, spans);
	const promise = promiseOf(text);
	if (promise === 0) return;
	TITLED.lastIndex = 0;
	for (let match = promise & 2 ? TITLED.exec(text) : null; match; match = TITLED.exec(text)) {
		const name = match[1] ?? '';
		const first = name.split(' ')[0] ?? '';
		if (NOT_PEOPLE.has(folded(first))) continue;
		// `Me` is a lawyer's title, and a word of English; `M` is a letter.
		if (/^Me? /.test(match[0]) && !name.split(/ +/).some((word) => classOf(word))) continue;
		const start = match.index;
		const end = start + match[0].length;
		const open =
			PUBLIC_BEFORE.test(text.slice(Math.max(0, start - 30), start)) ||
			PUBLIC_AFTER.test(text.slice(end, end + 24)) ||
			isPublic(name);
		spans.push({ kind: 'person_name', start, end, grade: open ? 'public' : 'sure', told: true });
	}
	if (promise & 4) {
		KIN.lastIndex = 0;
		for (let match = KIN.exec(text); match; match = KIN.exec(text)) {
			const name = match[1] ?? '';
			if (name.split(/ +/).some((word) => NOT_PEOPLE.has(folded(word)))) continue;
			const end = match.index + match[0].length;
			spans.push({
				kind: 'person_name',
				start: end - name.length,
				end,
				grade: isPublic(name) ? 'public' : 'sure',
				told: true
			});
		}
	}
	if (promise & 8) {
		SMALL_TITLED.lastIndex = 0;
		for (let match = SMALL_TITLED.exec(text); match; match = SMALL_TITLED.exec(text))
			if (classOf(match[1] ?? '') & FAMILY)
				spans.push({
					kind: 'person_name',
					start: match.index,
					end: match.index + match[0].length,
					grade: 'sure'
				});
	}
	if ((promise & 1) === 0) return;
	RUN.lastIndex = 0;
	for (let match = RUN.exec(text); match; match = RUN.exec(text))
		inRun(text, match, isPublic, spans);
}

/** People by what they are to each other: what follows with capitals is a name, known or not. */
const KIN = new RegExp(
	String.raw`(?<!\p{L})(?:filles?|fils|m[èe]re|p[èe]re|maman|papa|conjointe?|[ée]poux|[ée]pouse|voisine?|s(?:œ|oe)ur|fr[èe]re|cousine?|tante|oncle|a\/s(?: de)?|c\/o|attn|att|[Cc]ontacte[rz]|[Jj]oindre|parl[ée] (?:avec|à)|spoke (?:to|with)|talked to|au nom de|sign[ée]e? par|remplac[ée]e? par|mother|father|mom|dad|wife|husband|daughter|son|sister|brother|neighbou?r|nomm[ée]e?|named|on behalf of)[:.,]? {1,2}(${CAP} {1,2}${JOINED}${CAP})`,
	'gu'
);
/** In small letters, as people type in a hurry: only a family name that is known. */
const SMALL_TITLED =
	/(?<![\p{L}.-])(?:mme|mlle|mrs?|ms|monsieur|madame|m\.) {1,2}(\p{L}[\p{L}'-]{1,30})/gu;

const TITLES = new Set(
	'm mm mme mmes mlle melle mr mrs ms miss dr dre docteur docteure me monsieur madame mademoiselle maitre prof'.split(
		' '
	)
);

/** 1: a known name or an initial with a capital; 2: a title. A text that has neither is read no further. */
function promiseOf(text: string): number {
	let promise = 0;
	let capitalBefore = -9;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const capital = (code >= 0x41 && code <= 0x5a) || (code >= 0xc0 && code <= 0xde);
		const letter = capital || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || code >= 0xc0;
		if (!letter) continue;
		let end = i + 1;
		while (end < text.length) {
			const next = text.charCodeAt(end);
			if (!(
				((next | 0x20) >= 0x61 && (next | 0x20) <= 0x7a) ||
				next >= 0xc0 ||
				next === 0x27 ||
				next === 0x2d
			))
				break;
			end++;
		}
		// `mme`, `monsieur`…
		if (
			!capital &&
			(code === 0x6d || code === 0x4d) &&
			end - i <= 8 &&
			TITLES.has(text.slice(i, end))
		)
			promise |= 8;
		if (capital || code >= 0x100) {
			if (i - capitalBefore <= 2) promise |= 4;
			capitalBefore = end;
			const word = text.slice(i, end);
			if (word.length <= 14 && TITLES.has(folded(word))) promise |= 2;
			if (
				word.length === 1 ? text.charCodeAt(end) === 0x2e : word.length <= 32 && classOf(word) !== 0
			)
				promise |= 1;
		}
		i = end;
	}
	return promise;
}

/** Forgets the words that were looked up: they may hold a whole file in memory. */
export const forgetWords = (): void => classes.clear();

/** `Prénom Nom <courriel>` */
function addressed(text: string, spans: Span[]): void {
	ADDRESSED.lastIndex = 0;
	for (let match = ADDRESSED.exec(text); match; match = ADDRESSED.exec(text)) {
		const name = match[1] ?? '';
		const form = nameForm(name);
		if (!form?.full || !(form.given || form.family)) continue;
		spans.push({
			kind: 'person_name',
			start: match.index,
			end: match.index + name.length,
			grade: 'sure'
		});
	}
}

const TOKEN = /\p{Lu}\.(?:-?\p{Lu}\.){0,2}|[\p{L}'-]+|,/gu;

function inRun(
	text: string,
	run: RegExpExecArray,
	isPublic: (name: string) => boolean,
	spans: Span[]
): void {
	const tokens = [...run[0].matchAll(TOKEN)].map((match) => ({
		word: match[0],
		at: run.index + match.index
	}));
	for (let i = 0; i + 1 < tokens.length; i++) {
		const first = tokens[i];
		if (!first || first.word === ',') continue;
		const comma = tokens[i + 1]?.word === ',';
		let j = comma ? i + 2 : i + 1;
		while (j < tokens.length - 1 && PARTICLES.has(folded(tokens[j]?.word ?? ''))) j++;
		let last = tokens[j];
		if (!last || last.word === ',') continue;
		const a = classOf(first.word);
		const b = classOf(last.word);
		if (NOT_PEOPLE.has(folded(first.word)) || NOT_PEOPLE.has(folded(last.word))) continue;
		const isInitial = first.word.endsWith('.');
		const shouted = (word: string): boolean => word.length > 1 && word === word.toUpperCase();
		let certain: boolean;
		if (comma)
			certain = (shouted(first.word) || first.at === 0) && Boolean(a & FAMILY && b & GIVEN);
		else if (isInitial) certain = Boolean(b & FAMILY);
		else if (shouted(first.word) && !shouted(last.word)) certain = Boolean(a & FAMILY && b & GIVEN);
		else certain = Boolean(a & GIVEN && b & FAMILY) || Boolean(a & FAMILY && b & GIVEN);
		const before = text.slice(Math.max(0, first.at - 34), first.at);
		// A known given name and a capital, or a known family name and a capital, where the sentence is about people.
		const likely =
			!comma &&
			!certain &&
			(Boolean(a & GIVEN) ||
				Boolean(b & FAMILY) ||
				(isInitial && last.word.length > 1 && /^\p{Lu}/u.test(last.word))) &&
			PRIVATE_BEFORE.test(before);
		if (!certain && !likely) continue;
		// `Ana Paula Morales`: a second given name takes what follows.
		const next = tokens[j + 1];
		if (next && b & GIVEN && classOf(next.word) & FAMILY && next.word !== ',') {
			j++;
			last = next;
		}
		const end = last.at + last.word.length;
		const open =
			PUBLIC_BEFORE.test(before) ||
			PUBLIC_AFTER.test(text.slice(end, end + 24)) ||
			isPublic(text.slice(first.at, end));
		spans.push({
			kind: 'person_name',
			start: first.at,
			end,
			grade: open ? 'public' : certain ? 'sure' : 'weak',
			told: likely || PRIVATE_BEFORE.test(before)
		});
		i = j;
	}
}
