"""A case that has everything for a class: the base with more in its block `teaching`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support import Change

DECISION = """\
  decision:
    title: A company moves to another hall
    role: You are the inspector of the district.
    situation: >-
      A firm is leaving its hall, and a lorry is ordered for Friday [^s1].

      Nobody has asked what else stands in the hall.
    question: What do you ask of the firm this week?
    choices: [Ask for its list in writing., Go to the hall before Friday.]
    notes: Let the class weigh a letter against a visit.
"""
MORE = """\
  self_check:
    - id: who-answers
      question: Who answers for the gauge after the move?
      right: The holder of the licence
      wrong:
        - choice: The owner of the hall
          feedback: The owner of the hall holds no licence [^s1].
        - choice: The driver of the lorry
          feedback: The driver carries what is handed over.
      answer: A licence does not end with a lease.
      lesson: ask-before-moving
    - id: first-call
      question: Whom would you call first, and why?
      answer: A good answer names a person and a reason.
  misconceptions:
    - belief: Scrap is only metal.
      answer: This scrap held a source [^s2].
  whiteboard:
    - heading: Who knew
      entries: [The landlord, The driver]
    - heading: Who asked
      entries: [Nobody]
  brief:
    happened:
      - A company moved and left a gauge behind [^s1].
      - A trader bought it as scrap.
      - A monitor at a gate found it [^s2].
    ask: [Which of our gauges stands unused?, Who may stop a move?, When did we last count?]
"""
_END = "      notes: Look for the landlord and the tax office.\n"
FOR_A_CLASS: tuple[Change, ...] = ((_END, f"{_END}{DECISION}{MORE}"),)
WITHOUT_A_DECISION: tuple[Change, ...] = ((_END, f"{_END}{MORE}"),)
