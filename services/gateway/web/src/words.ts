// Words of the interface as a person uses them: what is sought, whatever its accents; what a command does as what one
// is about to do.
import { sentence } from './description.ts';

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’']/g, ' ').toLowerCase();

export function matchesWords(text: string, sought: string): boolean {
  const told = plain(text);
  return plain(sought)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => told.includes(word));
}

// The description says what a command does (« Note la signature… »); a button says what to do (« Noter la signature… »).
// Verbs of the third group, and those whose stem changes; all others end in -er.
const INFINITIVES: Record<string, string> = {
  met: 'mettre',
  dit: 'dire',
  prend: 'prendre',
  reprend: 'reprendre',
  retient: 'retenir',
  ouvre: 'ouvrir',
  rouvre: 'rouvrir',
  clôt: 'clore',
  défait: 'défaire',
  fait: 'faire',
  réunit: 'réunir',
  unit: 'unir',
  remet: 'remettre',
  transmet: 'transmettre',
  consent: 'consentir',
  lève: 'lever',
  achève: 'achever',
  répartit: 'répartir',
  saisit: 'saisir',
  choisit: 'choisir',
  complète: 'compléter',
  cède: 'céder',
  finit: 'finir',
  accomplit: 'accomplir',
  fournit: 'fournir',
  inscrit: 'inscrire',
  joint: 'joindre',
  renvoie: 'renvoyer',
  envoie: 'envoyer',
  répond: 'répondre',
  suspend: 'suspendre',
  maintient: 'maintenir',
  établit: 'établir',
  définit: 'définir',
  convertit: 'convertir',
  avertit: 'avertir',
  garantit: 'garantir',
  connaît: 'connaître',
};

function infinitive(verb: string): string | null {
  const low = verb.toLowerCase();
  if (INFINITIVES[low]) return INFINITIVES[low];
  return /[a-zé]e$/.test(low) ? `${low}r` : null;
}

// The first verb, and one that follows « ou » right after it.
export function toDo(title: string): string {
  const words = title.split(' ');
  const first = infinitive(words[0] ?? '');
  if (!first) return sentence(title);
  const second = words[1] === 'ou' ? infinitive(words[2] ?? '') : null;
  const begun = second ? [first, 'ou', second, ...words.slice(3)] : [first, ...words.slice(1)];
  return sentence(begun.join(' '));
}
