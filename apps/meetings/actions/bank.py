from apps.accounts.models import User
from apps.meetings.models import BankQuestion
from apps.students.models import Student


def add_bank_question(*, student: Student | None, group: str, text: str, by: User) -> BankQuestion:
    """Put a question into the student's own bank, or into the programme's if there is none."""
    return BankQuestion.objects.create(student=student, group=group, text=text, written_by=by)


def edit_bank_question(*, question: BankQuestion, group: str, text: str) -> BankQuestion:
    """Change a question of the bank; on sheets it stays as students have taken it."""
    question.group = group
    question.text = text
    question.save(update_fields=["group", "text"])
    return question


def lay_question_aside(*, question: BankQuestion, is_aside: bool) -> BankQuestion:
    """No longer offer a question, or offer it again. Nothing is lost."""
    question.is_retired = is_aside
    question.save(update_fields=["is_retired"])
    return question
