/** Words near a place in a text that say whose it is, or that it is something else. */
import type { Grade } from './span.ts';

/** Words that say that a telephone or an address is a place's, just before it. */
const PLACE_BEFORE =
	/(?<!\p{L})(?:billet(?:terie|s)|th[ée][aâ]tre|salle|bureaux?|guichet|box office|r[ée]ception|r[ée]gie|location|venue|main line|info(?:rmation)?s?|r[ée]servations?|h[oô]tel|[ée]cole|biblioth[èe]que|mus[ée]e|centre|office|sans frais|toll[- ]free|standard|si[èe]ge social|switchboard|front desk|stage door|accueil du|librairie|boutique|restaurant|[ée]glise|quai|d[ée]barcad[èe]re|d[ée]chargement|stationnement|parking|loading dock|dock|entr[ée]e|coulisses|entrep[oô]t|local|lieu|situ[ée]e? au|studio|atelier|caf[ée])(?:e?s)?(?!\p{L})(?:[^.;!?0-9]|(?<=\bSte?|\b\p{L})\.){0,40}$/iu;
const PLACE_AFTER =
	/^ {0,2}[([-] {0,2}(?:bureau|office|salle|billetterie|guichet|th[ée][aâ]tre|r[ée]ception|box office|venue|r[ée]gie)/iu;
/** Words of a person near it, that win over a place. */
const OWN_BEFORE =
	/(?:\b(?:mon|ma|sa|son|my|his|her|leur|their|rejointe?s?(?= au)|rappeler(?= au)|rappelez(?= au)|a donn[ée]|cell(?:ulaire)?|maison(?! {1,2}\p{L})|domicile|home|mobile)\b)[^.;!?0-9]{0,20}$/iu;
/** Words that say that figures number something else. */
export const NUMBER_BEFORE =
	/(?:\b(?:no|num|n°|nos|numero|numéro|num[ée]ro de (?:commande|dossier|facture|re[çc]u)|cmd|commande|order|facture|invoice|re[çc]u|receipt|billet|ticket|dossier|file|neq|tps|tvq|gst|qst|isbn|isni|ean|upc|r[ée]f(?:[ée]rence)?|ref|tracking|suivi|colis|transaction|autorisation|confirmation|contrat|contract|lot|s[ée]rie|serial|client id|id|code|bon|ch[èe]que|cheque|check|po|bdc|bail|lease|permis|licen[cs]e|police|formulaire|soumission|devis|matricule|demande|compte|account)|#|no\.|n[o°]\.) {0,2}[:.#=-]? {0,2}$/iu;

export const around = (text: string, start: number): string =>
	text.slice(Math.max(0, start - 60), start);

/** The grade of what is between `start` and `end`, once the words near it have said whose it is. */
export function owned(text: string, start: number, end: number, grade: Grade): Grade {
	const before = around(text, start);
	if (OWN_BEFORE.test(before)) return grade;
	return PLACE_BEFORE.test(before) || PLACE_AFTER.test(text.slice(end, end + 24))
		? 'public'
		: grade;
}
