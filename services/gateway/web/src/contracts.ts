// Names of contracts by id, read once each. A role that may not read a contract simply gets no name for it.
import { useEffect, useState } from 'preact/hooks';
import { useDesk } from './hooks.ts';

export function useContractNames(ids: string[]): Map<string, string> {
  const { api } = useDesk();
  const [names, setNames] = useState(new Map<string, string>());
  const key = [...new Set(ids)].filter(Boolean).sort().join(' ');
  useEffect(() => {
    let gone = false;
    const read = async (contractId: string): Promise<[string, string]> => {
      const { record } = (await api.query('contracts/ContractById', { contractId })).reply;
      return [contractId, record?.object || `Contrat ${record?.number ?? ''}`];
    };
    void Promise.allSettled(key.split(' ').filter(Boolean).map(read)).then((results) => {
      const found = results.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
      if (!gone) setNames(new Map(found));
    });
    return () => {
      gone = true;
    };
  }, [key]);
  return names;
}
