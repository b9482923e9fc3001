"""The only door to published figures: frozen questions in, frozen answers out."""

from maisui.answers.ask import CHILD, Answer, Question, Row, ask
from maisui.answers.explain import Explanation, explain
from maisui.answers.periods import Comparison, Period

__all__ = ["CHILD", "Answer", "Comparison", "Explanation", "Period", "Question", "Row", "ask", "explain"]
