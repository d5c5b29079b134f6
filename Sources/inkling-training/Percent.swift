import Basics

func percent(_ share: Double) -> String { NumberText.percent(share) + " %" }
func rounded(_ number: Double, _ digits: Int) -> String { NumberText.fixed(number, digits) }
