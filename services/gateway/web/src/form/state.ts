// What the controls of one form share.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Where } from './pickers.ts';
import type { Problems } from './typed.ts';

export interface FormState {
  where: Where;
  problems: Problems; // those to be shown by now
  leave: (at: string) => void;
}
export const FormContext = createContext<FormState | null>(null);

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (!form) throw new Error('useForm outside of a form');
  return form;
}
