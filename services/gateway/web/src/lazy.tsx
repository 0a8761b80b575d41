// A view whose code comes when it is first shown: the first page stays small.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => JSX.Element {
  let loaded: ComponentType<P> | null = null;
  return function Lazy(props: P): JSX.Element {
    const [, turn] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded) return;
      let gone = false;
      load()
        .then((component) => {
          loaded = component;
          if (!gone) turn((n) => n + 1);
        })
        .catch(() => !gone && setFailed(true));
      return () => {
        gone = true;
      };
    }, []);
    const View = loaded;
    if (View) return <View {...props} />;
    if (failed)
      return (
        <div class="alert alert-danger" role="alert">
          Cette partie de la page n’a pas pu être lue : le réseau ne répond pas, ou Guichet a été mis à jour. Rechargez
          la page.
        </div>
      );
    return (
      <p class="quiet" role="status">
        Chargement…
      </p>
    );
  };
}
