// An entry of the ledger as a sentence. The daemon tells the accounts; what moves between two of them has one meaning
// (services/contracts/ledger/ledger.h).
import { hoursOf, hundredths, ofMonth } from '../format.ts';
import { account } from '../labels.ts';
import type { LedgerEntry } from '../types.ts';

interface Said {
  more: (h: string, of: string) => string;
  less: (h: string, of: string) => string; // the same taken back
}

const SAID: Record<string, Said> = {
  'CLAUSE DUE': { more: (h) => `${h} sont dues`, less: (h) => `${h} ne sont plus dues` },
  'DUE DONE': { more: (h, of) => `${h}${of} sont faites`, less: (h, of) => `${h}${of} sont retirées des heures faites` },
  'DUE CONVERTED': {
    more: (h, of) => `${h}${of} sont converties de factures`,
    less: (h, of) => `${h}${of} sont retirées des heures converties`,
  },
  'DUE TRANSFERRED': { more: (h) => `${h} passent à un autre titulaire`, less: (h) => `${h} reviennent d’un autre titulaire` },
  'TRANSFERRED DUE': { more: (h) => `${h} sont reprises d’un autre titulaire`, less: (h) => `${h} repartent à un autre titulaire` },
  'DUE WAIVED': { more: (h) => `${h} sont remises par l’acheteur`, less: (h) => `${h} ne sont plus remises` },
  'PLANNED FORECAST': { more: (h) => `${h} sont prévues par les commandes`, less: (h) => `${h} ne sont plus prévues` },
};

export function sentenceOf(entry: LedgerEntry): string {
  const hundredthsOf = hundredths(entry.hours);
  const h = hoursOf(Math.abs(hundredthsOf));
  const of = entry.month ? ` ${ofMonth(entry.month)}` : '';
  const said = SAID[`${entry.from} ${entry.to}`];
  const text = said
    ? said[hundredthsOf < 0 ? 'less' : 'more'](h, of)
    : `${h}${of} passent de « ${account(entry.from)} » à « ${account(entry.to)} »`;
  return entry.cause ? `${text} (${entry.cause.charAt(0).toLowerCase()}${entry.cause.slice(1)}).` : `${text}.`;
}
