import type { Translation } from '../dictionary.svelte';
import type { safety as sq } from '../sq/safety';

export const safety: Translation<typeof sq> = {
  'title': 'How the vote is protected',
  'lead': 'Nobody knows how you voted unless you or your phone tell. This is how, and where the protection ends.',
  'how': 'How it works',
  'how.blind': 'The phone makes its ballots itself. The institutions sign them unseen, as through an envelope with carbon paper inside.',
  'how.two': 'Ballots are fetched before voting opens; votes leave later, one by one, at random times, without a name and without an account.',
  'how.draw': 'A draw decides which concerns you rate. Its numbers are revealed after the ballots were fetched, so nobody can choose.',
  'how.box': 'In the end the box is public. Anybody counts the votes again, on their own phone too.',
  'who': 'Who learns what',
  'operator': 'Who runs the server',
  'operator.text':
    'Sees that your account fetched ballots, not which. In the database a vote has no name, address or time. By changing the program in secret they could see from which internet address each vote comes, and compare it with the one you sign in from.',
  'one': 'One institution',
  'one.text': 'Does not see what it signs, and cannot add votes alone: at least two signatures are needed. In a vote with a single institution this protection is missing, and the page says so.',
  'two': 'Two institutions together',
  'two.text':
    'They do not see how anyone voted either. But they can issue ballots for residents who fetched none and vote with them, up to the number they stated. That number and the turnout are public; compare them.',
  'three': 'All three together',
  'three.text': 'As two, and they know the draw before the others, so they can choose which concerns fall to their ballots. Your vote they do not see either.',
  'net': 'The network',
  'net.text':
    'Whoever gives you internet sees that you use the app and when, not what you send. We cannot hide your internet address: the server writes it nowhere, but receives it. Who wants to hide it votes from another network, or with Tor.',
  'neighbour': 'Who looks over your shoulder',
  'neighbour.text': 'Sees what you see. Vote alone; there is no hurry, voting takes days.',
  'coercer': 'Who forces you',
  'coercer.text':
    'May demand to see the vote or the key. The draw chooses the concerns, so there is little to order, and you can change a vote until closing: the last one counts. If they take your phone or your key, that does not help you.',
  'thief': 'Who steals your phone',
  'thief.text': 'If they open it they see how you voted and can vote in your place until closing. Lock the screen. With the key on paper you vote from another phone and change what they cast.',
  'not': 'What it does not protect from',
  'not.program': 'A changed program that the server gives you. The code is open and the box is counted without us too, but the phone believes what it gets.',
  'not.few': 'Small numbers: where few people vote, the result itself tells something of them.',
  'not.time': 'Somebody who sees all connections at once. Random times make it harder for them, not impossible.',
  'not.people': 'It is not for electing people. It serves to say what worries you and what you want.',
  'more': 'How likely these things are in figures is shown by the simulation in the open code (docs/SIMULATION.md); the whole protocol is in server/ballot.',
};
