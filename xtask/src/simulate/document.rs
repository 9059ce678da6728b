//! docs/SIMULATION.md and its plots: words that stay, and the numbers of the run.

use super::measures::{Measured, Measures, Spread, TOWNS};
use super::plot::{Bar, bars};
use super::timing::{CROWDS, DAYS, DELAY, Tied, Windows};
use super::town::{
    BRIGADERS, CONCERNS, LATE, OPINIONS, PRESSES, READS_ON, TOP, URGENCIES, VOTERS, WEAK,
};

/// Each file, by its name within docs/.
pub(crate) fn files(measures: &Measures, tied: &[Tied]) -> Vec<(String, String)> {
    let mut files = vec![("SIMULATION.md".to_owned(), document(measures, tied))];
    let plots = [
        ("found", found_plot(measures)),
        ("pushed", pushed_plot(measures)),
        ("late", late_plot(measures)),
        ("timing", timing_plot(tied)),
    ];
    files.extend(plots.map(|(name, svg)| (format!("simulation/{name}.svg"), svg)));
    files
}

fn document(measures: &Measures, tied: &[Tied]) -> String {
    [
        assumed(),
        found(measures),
        pushed(measures),
        late(measures),
        timing(tied),
        BEFORE.to_owned(),
    ]
    .join("\n")
}

fn assumed() -> String {
    format!(
        "# What the vote does, simulated

Written by `cargo xtask simulate votes` from fixed seeds; a test holds every number here to what the seeds give.
A simulation shows what follows from its assumptions, not how people are.

## The towns

{TOWNS} towns are drawn, each with {VOTERS} voters and {CONCERNS} concerns. A concern has a true urgency (normal, mean
3, deviation {URGENCIES}), a voter an opinion of each concern (its urgency and a normal error of deviation {OPINIONS}), and a
rating is the opinion rounded to 1 to 5. Four ways of voting meet the same towns:

- **Twelve assigned ratings.** Each of a voter's 12 tokens is drawn one of the {CONCERNS} concerns. Ranked by
  `count_ratings` of the crate `ballot`, the votes alone (weights 1, 0, 0, 0).
- **Five approvals, all forty read.** Everybody reads every concern and names the five most urgent. The most that
  this way can reach, since few read forty.
- **Five approvals, twelve read.** As many read as with cards, which twelve by chance.
- **Live sorted upvotes.** People come one after the other, see the list as it is sorted at that moment, read on with
  a chance of {} after each concern, and press where their opinion is {PRESSES} or more.

Beside each mean stands what eight of ten towns lie between.
",
        percent(READS_ON)
    )
}

fn found(measures: &Measures) -> String {
    let mut text = format!(
        "## How much of the true top ten is found

![Share of the true top ten found](simulation/found.svg)

| way of voting | of the true top {TOP} among the first {TOP} | in eight of ten towns |
|---|---|---|
"
    );
    for one in &measures.ways {
        let (low, high) = one.found.most();
        let (mean, low, high) = (percent(one.found.mean()), percent(low), percent(high));
        text += &format!("| {} | {mean} | {low} to {high} |\n", one.way.name());
    }
    text + "
For as much reading, assigned ratings find most. Where everybody reads all forty, five approvals find a little more:
they know of more opinions. Live upvotes rank what was seen first.
"
}

fn pushed(measures: &Measures) -> String {
    let mut text = format!(
        "## A weak concern that is pushed

{BRIGADERS} of the {VOTERS} agree to push the concern that is truly number {}: they vote it highest where they can, and
otherwise vote what they think. With assigned ratings they can only where it was drawn for them.

![Rank of a pushed weak concern](simulation/pushed.svg)

| way of voting | rank, left alone | rank, pushed | in eight of ten towns |
|---|---|---|---|
",
        WEAK + 1
    );
    for one in &measures.ways {
        text += &pushed_row(one.way.name(), &one.alone, &one.pushed);
    }
    if let Some(assigned) = measures.ways.first() {
        let name = "twelve assigned ratings, all others rated 1";
        text += &pushed_row(name, &assigned.alone, &measures.hostile);
    }
    text + "
The last row is the strongest attack on a mean that was found: the same people also rate everything else lowest. It is
as good for them as pushing is elsewhere. What is against it is that three in ten of all voters must agree to say
something untrue of every card, and that it shows: with it three ratings in ten of every other concern are a 1.
"
}

fn pushed_row(name: &str, alone: &Spread, pushed: &Spread) -> String {
    let (low, high) = pushed.most();
    let (alone, mean) = (alone.mean(), pushed.mean());
    format!("| {name} | {alone:.1} | {mean:.1} | {low:.0} to {high:.0} |\n")
}

fn late(measures: &Measures) -> String {
    let mut text = format!(
        "## A concern that comes late

The concern that is truly number {} enters when half of the people have voted. Where the list is frozen nothing can:
whatever was sent while concerns were collected stands there from the first vote on, on whichever day it came.

![Rank of a late concern](simulation/late.svg)

| way of voting | rank, there from the beginning | rank, when half have voted |
|---|---|---|
",
        LATE + 1
    );
    for one in &measures.ways {
        let early = one.early.mean();
        text += &format!("| {} | {early:.1} | {} |\n", one.way.name(), late_rank(one));
    }
    text
}

fn late_rank(one: &Measured) -> String {
    match one.late.mean() {
        rank if rank > 0.0 => format!("{rank:.1}"),
        _ => "cannot happen".to_owned(),
    }
}

fn timing(tied: &[Tied]) -> String {
    let mut text = format!(
        "## Who can be told by the time alone

An observer sees when each person fetched tokens, by name, and when each of the 12 items came, by nobody. People come on
a random one of {DAYS} days, half of them at any hour from seven to eleven at night, half in the last five of these; each
item is sent by itself, at random within {DELAY} hours. With one window people vote when they fetch; with two, in other weeks. Two
shares: for how many items the best guess is right, and how many only one person can have sent.

![Items tied to a person by time alone](simulation/timing.svg)

| windows | people | the best guess is right | only one person possible |
|---|---|---|---|
"
    );
    for one in tied {
        let (guessed, certain) = (fine(one.guessed.mean()), fine(one.certain.mean()));
        text += &format!(
            "| {} | {} | {guessed} | {certain} |\n",
            one.windows.name(),
            one.people
        );
    }
    text + "
With two windows a guess is as good as drawing a name from a hat. It is twice as good where people keep to their hours,
all of them in the last rows. Each item is looked at by itself; whoever weighs all of them together may do better than
these rows say. Where somebody votes from, and that few voted at all, is not looked at.
"
}

const BEFORE: &str = "## Beside the figures of the design

An earlier simulation, whose assumptions were not written down, gave 92 % of the true top ten for assigned ratings,
87 % for five approvals and 31 % for live upvotes, ranks 17, 1 and 4 for the pushed concern, and 5 to 34 % of
ballots tied with one window against 0 to 4 % with two. Here the order is the same for as much reading, but live
upvotes find far more (people read further down than they may have then), approvals are better where all forty are
read, and the brigade that lies about every card, which was not told of then, does reach the first ranks.
";

fn found_plot(measures: &Measures) -> String {
    let rows = measures.ways.iter().map(|one| Bar {
        name: one.way.name().to_owned(),
        share: one.found.mean(),
        value: percent(one.found.mean()),
    });
    let title = "Share of the true top ten found";
    bars(
        title,
        "Four ways of voting in the same towns; the table beside has the numbers.",
        &rows.collect::<Vec<_>>(),
    )
}

fn pushed_plot(measures: &Measures) -> String {
    let mut rows: Vec<Bar> = measures
        .ways
        .iter()
        .map(|one| ranked(one.way.name(), &one.pushed))
        .collect();
    let name = "twelve assigned ratings, all others rated 1";
    rows.push(ranked(name, &measures.hostile));
    let title = "Rank to which 90 of 300 push the weak concern that is number 35";
    bars(
        title,
        "A longer bar is a rank nearer to the first of forty; shorter is better.",
        &rows,
    )
}

fn late_plot(measures: &Measures) -> String {
    let rows = measures.ways.iter().map(|one| {
        let spread = if one.late.mean() > 0.0 {
            &one.late
        } else {
            &one.early
        };
        ranked(one.way.name(), spread)
    });
    let title = "Rank of the concern that is number 5 and comes late";
    bars(
        title,
        "A longer bar is a rank nearer to the first of forty; longer is better.",
        &rows.collect::<Vec<_>>(),
    )
}

fn ranked(name: &str, ranks: &Spread) -> Bar {
    let concerns = f64::from(u32::try_from(CONCERNS).unwrap_or(1));
    let rank = ranks.mean();
    Bar {
        name: name.to_owned(),
        share: (concerns + 1.0 - rank) / concerns,
        value: format!("rank {rank:.1} of 40"),
    }
}

fn timing_plot(tied: &[Tied]) -> String {
    let shown = tied
        .iter()
        .filter(|one| one.windows != Windows::TwoByHabit || CROWDS.first() == Some(&one.people));
    let rows = shown.map(|one| Bar {
        name: format!("{} people, {}", one.people, one.windows.name()),
        share: one.guessed.mean(),
        value: fine(one.guessed.mean()),
    });
    let title = "Items for which the best guess by time alone names the right person";
    bars(
        title,
        "One window against two, by the number of people who vote.",
        &rows.collect::<Vec<_>>(),
    )
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn fine(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
