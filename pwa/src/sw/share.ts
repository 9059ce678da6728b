import { db } from '../offline/db';

/** Another app shared words or photos: they are laid down for the composer, and never travel further by themselves. */
export async function takeShare(request: Request): Promise<Response> {
  try {
    const form = await request.formData();
    const words = (name: string) => String(form.get(name) ?? '').trim();
    const shared = {
      title: words('title'),
      text: [words('text'), words('url')].filter(Boolean).join('\n'),
      photos: form.getAll('photos').filter((part): part is File => part instanceof File && part.size > 0),
    };
    await (await db()).put('kept', shared, 'shared');
  } catch {
    // An empty composer is better than an error page.
  }
  return Response.redirect('/paraqit', 303);
}
