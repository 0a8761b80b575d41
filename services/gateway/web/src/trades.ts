// Trades by their ROME code, in words: asked for once, all of a page together.
import { useDesk, useLoaded } from './hooks.ts';

export type TradeName = (code: string | undefined) => string;

const CODES_MAX = 50; // of one question

export function useTrades(codes: (string | undefined)[]): TradeName {
  const { api } = useDesk();
  const asked = [...new Set(codes)].filter((c): c is string => !!c).sort().slice(0, CODES_MAX);
  const { data } = useLoaded(`trades ${asked.join(' ')}`, async (signal) => {
    if (asked.length === 0) return new Map<string, string>();
    const { trades = [] } = (await api.query('directory/Trades', { codes: asked, limit: CODES_MAX }, signal)).reply;
    return new Map(trades.map((t) => [t.code ?? '', (t.label ?? '').replaceAll("'", '’')]));
  });
  return (code) => (code ? (data?.get(code) ?? (data ? 'métier non renseigné' : '…')) : 'métier non renseigné');
}
